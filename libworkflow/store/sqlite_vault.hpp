#pragma once

/// The statements of what a SQLite store keeps apart from the trail: keys of persons, what is
/// sealed under them, and who reads.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

#include "sqlite_connection.hpp"

namespace workflow::store {

/// Each member does one verb of the Store port, save `begin` and `wipe`.
class VaultStatements {
public:
    explicit VaultStatements(Connection& connection);

    /// Forgets what was replaced in the unit of work before.
    void begin() { replaced_ = tokens_went_ = rows_grew_ = false; }
    /// Overwrites what copies there may be of what was replaced in this unit of work; to be called
    /// before its commit. Takes time in O(persons log persons) after one was erased.
    void wipe();
    /// The log has pages as they were before a row was replaced in this unit of work.
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
    bool tokens_went_ = false;  // of the rows replaced, some had another token
    bool rows_grew_ = false;    // of the rows replaced, some were shorter

    Statement insert_sealed_, insert_read_, sealed_, any_sealed_, count_reads_;
    Statement by_id_, by_token_, insert_person_, replace_person_, replace_key_, persons_, cases_;
};

}  // namespace workflow::store
