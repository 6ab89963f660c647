// Tables of many rules against what their cells plainly say.

#include <catch2/catch.hpp>
#include <random>

#include "decision/analysis.hpp"
#include "decision/models.hpp"

namespace workflow::testing::index_test {

namespace {

/// A cell of a number: [low, high], one side perhaps open, or anything.
struct Range {
    int low = 0, high = 0;
    bool any = false, open = false;

    [[nodiscard]] std::string text() const {
        if (any) return "-";
        return open ? fmt::format("> {}", low) : fmt::format("[{}..{}]", low, high);
    }
    [[nodiscard]] bool holds(int value) const {
        return any || (open ? value > low : low <= value && value <= high);
    }
};

Range random_range(std::mt19937& random) {
    Range range;
    range.any = random() % 6 == 0;
    range.open = random() % 5 == 0;
    range.low = static_cast<int>(random() % 20);
    range.high = range.low + static_cast<int>(random() % 6);
    return range;
}

workflow::decision::Cell cell_of(const Range& range) {
    using workflow::Value;
    if (range.any) return std::vector<workflow::feel::Piece>{{}};
    workflow::feel::Piece piece{Value(workflow::decimal_of(range.low)), {}, !range.open, true};
    if (!range.open) piece.high = Value(workflow::decimal_of(range.high));
    return std::vector<workflow::feel::Piece>{std::move(piece)};
}

}  // namespace

TEST_CASE("a table of many rules answers what its cells say, rule by rule") {
    std::mt19937 random(3);
    const std::vector<std::string> regions{"A", "B", "C"};
    for (int round = 0; round < 30; ++round) {
        std::vector<Range> ranges;
        std::vector<std::string> wanted;
        std::vector<Row> rows;
        for (int i = 0; i < 90; ++i) {
            ranges.push_back(random_range(random));
            wanted.push_back(random() % 4 == 0 ? "" : regions[random() % regions.size()]);
            // A few cells that no index can know.
            const auto region = wanted.back().empty() ? std::string("-")
                                : random() % 8 == 0   ? "? = \"" + wanted.back() + "\""
                                                      : "\"" + wanted.back() + "\"";
            rows.push_back({ranges.back().text(), region, fmt::format("{}", i + 1)});
        }
        const auto compiled = compile(decision(table("hitPolicy=\"RULE ORDER\"", rows)));
        for (int age = -1; age < 28; age += 3)
            for (const auto& region : {"A", "C", "Z"}) {
                std::string expected;
                for (std::size_t i = 0; i < rows.size(); ++i)
                    if (ranges[i].holds(age) && (wanted[i].empty() || wanted[i] == region))
                        expected += fmt::format("{}{}", expected.empty() ? "" : ", ", i + 1);
                REQUIRE(compiled.value(fmt::format("{}", age), region) == "[" + expected + "]");
            }
        // Without an age only the rules apply that ask for none.
        std::string expected;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (ranges[i].any && (wanted[i].empty() || wanted[i] == "A"))
                expected += fmt::format("{}{}", expected.empty() ? "" : ", ", i + 1);
        REQUIRE(compiled.value("", "A") == "[" + expected + "]");
    }
}

TEST_CASE("overlaps and gaps are those that trying every value finds") {
    using namespace workflow::decision;
    std::mt19937 random(5);
    int clean = 0;
    for (int round = 0; round < 400; ++round) {
        Cells cells;
        cells.domains.resize(2);
        for (auto& domain : cells.domains) {
            domain.kind = workflow::feel::Kind::number;
            domain.whole = true;
            domain.values = cell_of({0, 9, false, false});
        }
        // Stripes of the first input, each cut once in the second: some are left out or widened.
        std::vector<std::pair<Range, Range>> rules;
        for (int from = 0; from <= 9;) {
            const int to = std::min(9, from + static_cast<int>(random() % 4));
            const int cut = static_cast<int>(random() % 9);
            rules.push_back({{from, to, false, false}, {0, cut, false, false}});
            rules.push_back({{from, to, false, false}, {cut + 1, 9, false, false}});
            from = to + 1;
        }
        if (random() % 3 == 0)
            rules.erase(rules.begin() + static_cast<long>(random() % rules.size()));
        if (random() % 3 == 0) rules[random() % rules.size()].first.high += 1;
        for (const auto& [first, second] : rules)
            cells.rules.push_back({cell_of(first), cell_of(second)});

        std::size_t several = 0, none = 0;
        for (int x = 0; x <= 9; ++x)
            for (int y = 0; y <= 9; ++y) {
                const auto count = std::count_if(rules.begin(), rules.end(), [&](const auto& rule) {
                    return rule.first.holds(x) && rule.second.holds(y);
                });
                several += count > 1 ? 1 : 0;
                none += count == 0 ? 1 : 0;
            }
        const Grid grid(cells);
        const auto overlaps = find_overlaps(grid, 100);
        REQUIRE(overlaps.empty() == (several == 0));
        REQUIRE(find_gaps(grid, 5).witnesses.empty() == (none == 0));
        REQUIRE(find_gaps(grid, 5, overlaps.empty()).witnesses.empty() == (none == 0));
        clean += several == 0 && none == 0 ? 1 : 0;
    }
    CHECK(clean > 50);
}

}  // namespace workflow::testing::index_test
