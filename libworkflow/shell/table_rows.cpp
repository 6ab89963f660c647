#include "table_rows.hpp"

#include <fmt/format.h>

#include <cstring>

namespace workflow::shell {
namespace {

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// The maximum number of groups of a table that are compared row by row; a changed row affects two
/// of them.
constexpr std::size_t most_groups = 16;

struct Shape {
    const char* name;
    bool text;                           ///< whether the first column is a text
    std::array<const char*, 4> columns;  ///< the text, then the numbers; nullptr: none
    std::size_t key;                     ///< how many of them name the row
    std::size_t owner;                   ///< which of the numbers is the case; 3: none
};
constexpr std::array<Shape, compared_tables> shapes{{
    {"events", false, {nullptr, "position", "case_key", "sequence"}, 1, 3},
    {"requests", true, {"key", "case_key", "version", nullptr}, 1, 0},
    {"reads", true, {"officer", "at", "case_key", nullptr}, 3, 1},
    {"sealed", false, {nullptr, "case_key", "sequence", "person"}, 3, 0},
}};

}  // namespace

RowHash::RowHash(const Entropy& entropy) : seed_(entropy()), factor_(entropy() | 1U) {}

std::uint64_t RowHash::operator()(const TableRow& row) const {
    auto hash = fold(seed_ ^ static_cast<std::uint64_t>(row.table), factor_);
    for (const auto number : row.numbers)
        hash = fold(hash ^ static_cast<std::uint64_t>(number), factor_);
    auto rest = row.text;
    for (; rest.size() >= 8; rest.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, rest.data(), 8);
        hash = fold(hash ^ word, factor_);
    }
    std::uint64_t last = row.text.size() << 56U;
    for (std::size_t i = 0; i < rest.size(); ++i)
        last |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[i])) << (8 * i);
    return fold(hash ^ last, factor_ ^ seed_);
}

void TableSums::add(const TableSums& other) {
    for (std::size_t table = 0; table < compared_tables; ++table)
        for (std::size_t group = 0; group < groups; ++group)
            sums_[table][group] += other.sums_[table][group];
}

std::vector<std::size_t> TableSums::differing(Table table, const TableSums& other,
                                              std::size_t most) const {
    std::vector<std::size_t> found;
    for (std::size_t group = 0; group < groups && found.size() < most; ++group)
        if (sums_[index(table)][group] != other.sums_[index(table)][group]) found.push_back(group);
    return found;
}

DifferingRows::DifferingRows(const TableSums& expected, const TableSums& there) {
    for (std::size_t table = 0; table < compared_tables; ++table)
        for (const auto group : expected.differing(static_cast<Table>(table), there, most_groups)) {
            wanted_[table][group] = true;
            none_ = false;
        }
}

std::vector<TrailReport::Break> DifferingRows::breaks(const std::set<std::int64_t>& unread) const {
    std::vector<TrailReport::Break> breaks;
    for (std::size_t table = 0; table < compared_tables; ++table) {
        const auto& shape = shapes.at(table);
        const std::size_t first = shape.text ? 0 : 1;
        const auto column = [&](const Key& row, std::size_t i) {
            return i == 0 ? row.first : std::to_string(row.second.at(i - 1));
        };
        const auto name_of = [&](const Key& row) {
            std::string name;
            for (auto i = first; i < first + shape.key; ++i)
                name += fmt::format("{}{} {}", name.empty() ? "" : ", ", shape.columns.at(i),
                                    column(row, i));
            return name;
        };
        // Rows that only one side has, by their key: the expected one, and the stored one.
        std::map<std::string, std::pair<const Key*, const Key*>> pairs;
        for (const auto& [row, count] : rows_[table]) {
            if (shape.owner < 3 && unread.contains(row.second.at(shape.owner))) continue;
            if (count.expected > count.there) pairs[name_of(row)].first = &row;
            if (count.there > count.expected) pairs[name_of(row)].second = &row;
        }
        for (const auto& [name, pair] : pairs) {
            const auto& [wanted, there] = pair;
            if (!wanted || !there) {
                const bool by_index = static_cast<Table>(table) == Table::events;
                breaks.push_back(
                    {{},
                     0,
                     wanted
                         ? (by_index ? "the index events_by_case leads to a row that is not there"
                                     : "the row is gone: an event says that it was there")
                         : (by_index ? "it is of no case, or the index events_by_case lacks it"
                                     : "the trail does not name it: the row was put in"),
                     shape.name,
                     name,
                     by_index && there ? "case_key" : ""});
                continue;
            }
            for (auto i = first + shape.key; i < shape.columns.size() && shape.columns.at(i); ++i)
                if (column(*wanted, i) != column(*there, i))
                    breaks.push_back({{},
                                      0,
                                      fmt::format("it is {}, and by the events {}",
                                                  column(*there, i), column(*wanted, i)),
                                      shape.name,
                                      name,
                                      shape.columns.at(i)});
        }
    }
    return breaks;
}

std::set<std::int64_t> DifferingRows::owners_of_stray_events() const {
    std::set<std::int64_t> owners;
    for (const auto& [row, count] : rows_[static_cast<std::size_t>(Table::events)])
        if (count.there > count.expected) owners.insert(row.second[1]);
    return owners;
}

}  // namespace workflow::shell
