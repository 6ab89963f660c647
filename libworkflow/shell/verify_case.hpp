#pragma once

/// Checks one case against its events: its chain, its replay, its rows in every table.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "../crypto/digest.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"
#include "table_rows.hpp"

namespace workflow::shell {

/// A snapshot of a case, read by the one thread that may use the store.
struct GatheredCase {
    CaseRow row;
    std::vector<EventRecord> records;
    std::vector<std::int64_t> positions;  ///< of the records; none if the store has none
    std::vector<TaskRow> tasks;
    std::vector<SealedRow> sealed;
    std::shared_ptr<const process::Process> process;
    std::string without_process;  ///< why there is none
    /// With the vault's key: the applicant, whom the events do not name, and what cannot be
    /// decrypted.
    std::optional<PersonId> applicant;
    std::optional<std::pair<std::uint32_t, std::string>> not_opened;
};

/// What the rows of the tables must be according to the cases' events. Sums over cases.
struct FollowsFromEvents {
    TableSums sums;
    std::map<std::string, std::pair<std::int64_t, OfficerId>> turns;  ///< by queue: the last turn
    std::set<std::string> definitions;                                ///< digests that events name
    std::int64_t greatest_person = 0;  ///< the greatest with encrypted data
    std::set<std::int64_t> unread;     ///< broken cases, whose events lead to no result

    void add(const FollowsFromEvents& other);
};

/// Checks cases; each thread has one.
class CaseCheck {
public:
    /// `again`: rows are compared one by one; breaks were reported before.
    CaseCheck(const definition::Organization& organization, Hashing hashing, const RowHash& hash,
              DifferingRows* again = nullptr)
        : organization_(organization),
          hashing_(hashing),
          hasher_(hashing),
          hash_(hash),
          again_(again) {}

    void operator()(GatheredCase& one);
    /// Checks the journal, whose row has no item.
    void journal(const CaseRow& row, const std::vector<EventRecord>& records,
                 const std::vector<std::int64_t>& positions);

    std::vector<TrailReport::Break> breaks;
    FollowsFromEvents follows;

private:
    struct Replayed;
    bool read_journal(const CaseRow& row, const std::vector<EventRecord>& records);
    bool read(GatheredCase& one);
    void leave(const CaseRow& row);
    void add(const CaseRow& row, std::uint32_t sequence, std::string what, std::string table = {},
             std::string name = {}, std::string column = {});
    void add_event(const CaseRow& row, std::uint32_t sequence, std::string what,
                   std::string column = "body");
    bool chain(const CaseRow& row, const std::vector<EventRecord>& records);
    void places(const CaseRow& row, const std::vector<EventRecord>& records,
                const std::vector<std::int64_t>& positions);
    bool replay(GatheredCase& one, Replayed& into);
    void compare_row(const CaseRow& stored, const CaseRow& derived);
    void compare_tasks(const GatheredCase& one, const Replayed& replayed);
    void expect(const TableRow& row);

    const definition::Organization& organization_;
    Hashing hashing_;
    Hasher hasher_;
    const RowHash& hash_;
    DifferingRows* again_;
};

}  // namespace workflow::shell
