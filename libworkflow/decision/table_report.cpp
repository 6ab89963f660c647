#include "table_report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace workflow::decision {
namespace {

constexpr std::size_t most_told = 10;
/// The maximum number of pairs of rules that are examined.
constexpr std::size_t most_overlaps = 10'000;
/// Larger tables are not searched pair by pair for rules that could be merged.
constexpr std::size_t most_merged = 2'000;

class TableReport {
public:
    TableReport(const Table& table, const Grid& grid, DiagnosticSink& findings)
        : table_(table), grid_(grid), findings_(findings) {}

    void run() {
        if (table_.inputs.empty() || table_.rules.empty()) return;
        if (std::find(grid_.known.begin(), grid_.known.end(), false) != grid_.known.end())
            findings_.add("table-not-analysed", table_.mark,
                          "some rules use other names or functions: the table is not searched for "
                          "the gaps they leave");
        overlaps();
        gaps();
        merges();
    }

private:
    [[nodiscard]] std::string row(const std::vector<std::uint32_t>& segments) const {
        std::string text;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            if (i > 0) text += ", ";
            const auto value = grid_.axes[i].witness(segments[i]);
            text += fmt::format("{} = {}", table_.inputs[i].expression.text,
                                value.is_null() ? "anything" : to_string(value));
        }
        return text;
    }

    [[nodiscard]] bool same_results(std::size_t a, std::size_t b) const {
        const auto &x = table_.rules[a].results, &y = table_.rules[b].results;
        return std::equal(
            x.begin(), x.end(), y.begin(), y.end(),
            [](const Text& one, const Text& other) { return one.text == other.text; });
    }

    void overlaps() {
        std::size_t told = 0;
        const auto found = find_overlaps(grid_, most_overlaps);
        disjoint_ = found.empty();
        for (const auto& overlap : found) {
            const auto [a, b, witness] = overlap;
            if (!grid_.known[a] || !grid_.known[b]) continue;
            if (told == most_told) return;
            if (grid_.boxes[a] == grid_.boxes[b] && same_results(a, b)) {
                tell("duplicate-rule", b, a, fmt::format("this rule is the same as rule {}", a + 1),
                     "delete one");
                ++told;
                continue;
            }
            switch (table_.policy) {
                case HitPolicy::unique:
                    tell("rules-overlap", b, a,
                         fmt::format(
                             "rules {} and {} both apply to {}, but the hit policy allows only one",
                             a + 1, b + 1, row(witness)),
                         "narrow one of them or give the table another hit policy");
                    break;
                case HitPolicy::any:
                    if (same_results(a, b)) continue;
                    tell("rules-overlap", b, a,
                         fmt::format("rules {} and {} both apply to {} and give different results",
                                     a + 1, b + 1, row(witness)),
                         "give both the same result or narrow one of them");
                    break;
                case HitPolicy::first:
                    if (!covers(grid_.boxes[a], grid_.boxes[b])) continue;
                    tell("rule-never-applies", b, a,
                         fmt::format("rule {} applies wherever this one does, and takes precedence",
                                     a + 1),
                         "move this rule before it or delete this rule");
                    break;
                case HitPolicy::priority:
                case HitPolicy::rule_order:
                case HitPolicy::output_order:
                case HitPolicy::collect:
                    continue;
            }
            ++told;
        }
    }

    void gaps() {
        const bool open = table_.policy == HitPolicy::rule_order ||
                          table_.policy == HitPolicy::output_order ||
                          table_.policy == HitPolicy::collect;
        const bool otherwise =
            std::any_of(table_.outputs.begin(), table_.outputs.end(),
                        [](const Table::Output& output) { return !output.otherwise.text.empty(); });
        // If a rule is not constant, it may apply anywhere, so that no gap is certain.
        if (open || otherwise) return;
        const auto found = find_gaps(grid_, most_told, disjoint_);
        for (const auto& witness : found.witnesses)
            findings_.add("table-gap", table_.mark,
                          fmt::format("no rule applies to {}", row(witness)),
                          "add a rule or a default output");
        if (!found.complete)
            findings_.add("table-not-analysed", table_.mark,
                          "the table is too large to search for all gaps");
    }

    /// Reports two rules with the same result that differ in one input only and are adjacent there.
    void merges() {
        if (table_.rules.size() > most_merged) return;
        std::size_t told = 0;
        for (std::size_t a = 0; a < grid_.boxes.size(); ++a)
            for (std::size_t b = a + 1; b < grid_.boxes.size() && told < most_told; ++b) {
                if (!grid_.known[a] || !grid_.known[b] || !same_results(a, b)) continue;
                const auto input = joinable(grid_.boxes[a], grid_.boxes[b]);
                if (!input || !touch(grid_.boxes[a][*input], grid_.boxes[b][*input])) continue;
                tell("rules-could-merge", b, a,
                     fmt::format("rules {} and {} differ only in {} and could be merged", a + 1,
                                 b + 1, table_.inputs[*input].expression.text),
                     "");
                ++told;
            }
    }

    static bool touch(const std::vector<Stretch>& a, const std::vector<Stretch>& b) {
        return a.size() == 1 && b.size() == 1 &&
               (a.front().last + 1 == b.front().first || b.front().last + 1 == a.front().first);
    }

    void tell(std::string_view kind, std::size_t rule, std::size_t other, std::string message,
              std::string hint) {
        auto& finding =
            findings_.add(kind, table_.rules[rule].mark, std::move(message), std::move(hint));
        findings_.relate(finding, table_.rules[other].mark, fmt::format("rule {}", other + 1));
    }

    const Table& table_;
    const Grid& grid_;
    DiagnosticSink& findings_;
    bool disjoint_ = false;
};

}  // namespace

void report_table(const Table& table, const Grid& grid, DiagnosticSink& findings) {
    TableReport(table, grid, findings).run();
}

}  // namespace workflow::decision
