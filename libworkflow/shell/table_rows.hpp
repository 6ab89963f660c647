#pragma once

/// Compares two sides of a table without keeping either: what follows from the events, and what is
/// in the file. Both are summed by hashes in groups; only the rows of groups that differ are
/// compared one by one.

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/engine.hpp>
#include <workflow/ports.hpp>

namespace workflow::shell {

enum class Table : std::uint8_t { events, requests, reads, sealed };
inline constexpr std::size_t compared_tables = 4;

/// The compared columns of a row: `events` position, case_key, sequence; `requests` key, case_key,
/// version; `reads` officer, at, case_key; `sealed` case_key, sequence, person.
struct TableRow {
    Table table{};
    std::string_view text = {};  ///< the first column, if it is a text
    std::array<std::int64_t, 3> numbers{};
};

/// A hash with a random secret, so that nobody can prepare rows that cancel out.
class RowHash {
public:
    explicit RowHash(const Entropy& entropy);
    [[nodiscard]] std::uint64_t operator()(const TableRow& row) const;

private:
    std::uint64_t seed_, factor_;
};

/// One side of all tables.
class TableSums {
public:
    static constexpr std::size_t groups = 256;
    static std::size_t group_of(std::uint64_t hash) { return hash >> 56U; }

    void add(Table table, std::uint64_t hash) {
        sums_[index(table)][group_of(hash)] += hash * 2 + 1;  // never 0: each row counts
    }
    void add(const TableSums& other);
    /// Returns the groups in which the two differ, at most `most`.
    [[nodiscard]] std::vector<std::size_t> differing(Table table, const TableSums& other,
                                                     std::size_t most) const;

private:
    static std::size_t index(Table table) { return static_cast<std::size_t>(table); }
    std::array<std::array<std::uint64_t, groups>, compared_tables> sums_{};
};

/// The rows of the groups that differ.
class DifferingRows {
public:
    DifferingRows(const TableSums& expected, const TableSums& there);

    [[nodiscard]] bool none() const { return none_; }
    [[nodiscard]] bool wants(const TableRow& row, std::uint64_t hash) const {
        return wanted_[static_cast<std::size_t>(row.table)][TableSums::group_of(hash)];
    }
    void expect(const TableRow& row) { ++at(row).expected; }
    void find(const TableRow& row) { ++at(row).there; }

    /// Returns each row that only one side has; two rows that differ in one column are one break.
    /// What follows from the `unread` cases is unknown.
    [[nodiscard]] std::vector<TrailReport::Break> breaks(
        const std::set<std::int64_t>& unread) const;
    /// Returns the cases of events that belong to no case.
    [[nodiscard]] std::set<std::int64_t> owners_of_stray_events() const;

private:
    struct Count {
        int expected = 0, there = 0;
    };
    using Key = std::pair<std::string, std::array<std::int64_t, 3>>;
    Count& at(const TableRow& row) {
        return rows_[static_cast<std::size_t>(row.table)][{std::string(row.text), row.numbers}];
    }
    std::array<std::array<bool, TableSums::groups>, compared_tables> wanted_{};
    bool none_ = true;
    std::array<std::map<Key, Count>, compared_tables> rows_;
};

}  // namespace workflow::shell
