#pragma once

/// The statements for data of a SQLite store outside the trail: keys of persons, data encrypted
/// under them, and readings.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

#include "sqlite_connection.hpp"

namespace workflow::store {

/// Each member performs one operation of the Store port, except `begin` and `wipe`.
class VaultStatements {
public:
    explicit VaultStatements(Connection& connection);

    /// Resets the record of replacements of the previous unit of work.
    void begin() { replaced_ = tokens_went_ = rows_grew_ = false; }
    /// Overwrites possible copies of data replaced in this unit of work. Must be called before its
    /// commit. Takes O(persons log persons) after an erasure.
    void wipe();
    /// Returns whether the log has pages from before a row was replaced in this unit of work.
    [[nodiscard]] bool replaced() const { return replaced_; }

    void append(const Change& change);
    std::vector<SealedRow> sealed(CaseKey key);
    bool has_sealed();
    std::uint32_t reads(const OfficerId& officer, Instant since);
    std::optional<PersonKeyRow> person(std::int64_t id);
    std::optional<PersonKeyRow> person(std::string_view token);
    std::int64_t put_person(const PersonKeyRow& row);
    std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit);
    std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after, std::size_t limit);

private:
    Connection& connection_;
    bool replaced_ = false;
    bool tokens_went_ = false;  // some replaced rows had another token
    bool rows_grew_ = false;    // some replaced rows were shorter

    Statement insert_sealed_, insert_read_, sealed_, any_sealed_, count_reads_;
    Statement by_id_, by_token_, insert_person_, replace_person_, replace_key_, persons_, cases_;
};

}  // namespace workflow::store
