#include "sqlite_vault.hpp"

#include <fmt/format.h>

namespace workflow::store {
namespace {

/// While it lives, SQLite overwrites deleted data.
class Wiping {
public:
    explicit Wiping(Connection& connection) : connection_(connection) {
        connection_.run("PRAGMA secure_delete = 1");
    }
    ~Wiping() {
        sqlite3_exec(connection_.handle(), "PRAGMA secure_delete = 0", nullptr, nullptr, nullptr);
    }
    Wiping(const Wiping&) = delete;
    Wiping& operator=(const Wiping&) = delete;

private:
    Connection& connection_;
};

PersonKeyRow read_person(const Statement& from) {
    return {from.number(0), from.text(1), from.text(2)};
}

SealedRow read_sealed(const Statement& from) {
    return {from.small(0), from.number(1), from.text(2)};
}

CaseKey read_key(const Statement& from) {
    return CaseKey{from.number(0)};
}

std::optional<Statement::Bytes> unless_empty(const std::string& bytes) {
    if (bytes.empty()) return {};
    return Statement::Bytes{bytes};
}

}  // namespace

VaultStatements::VaultStatements(Connection& connection)
    : connection_(connection),
      insert_sealed_(connection,
                     "INSERT INTO sealed (case_key, sequence, person, box) VALUES (?, ?, ?, ?)"),
      insert_read_(connection,
                   "INSERT OR IGNORE INTO reads (officer, at, case_key) VALUES (?, ?, ?)"),
      sealed_(connection,
              "SELECT sequence, person, box FROM sealed WHERE case_key = ? ORDER BY sequence, "
              "person"),
      any_sealed_(connection, "SELECT 1 FROM sealed LIMIT 1"),
      count_reads_(connection, "SELECT count(*) FROM reads WHERE officer = ? AND at >= ?"),
      by_id_(connection, "SELECT id, token, wrapped FROM persons WHERE id = ?"),
      by_token_(connection, "SELECT id, token, wrapped FROM persons WHERE token = ?"),
      insert_person_(connection, "INSERT INTO persons (token, wrapped) VALUES (?, ?)"),
      replace_person_(connection, "UPDATE persons SET token = ?, wrapped = ? WHERE id = ?"),
      replace_key_(connection, "UPDATE persons SET wrapped = ? WHERE id = ?"),
      persons_(connection,
               "SELECT id, token, wrapped FROM persons WHERE id > ? ORDER BY id LIMIT ?"),
      cases_(connection,
             "SELECT DISTINCT case_key FROM sealed WHERE person = ? AND case_key > ? ORDER BY "
             "case_key LIMIT ?") {}

void VaultStatements::append(const Change& change) {
    const auto key = change.row.key;
    for (const auto& row : change.sealed)
        insert_sealed_.with(key, row.sequence, row.person, Statement::Bytes{row.box}).run();
    for (const auto& [officer, at] : change.reads) insert_read_.with(officer, at, key).run();
}

std::vector<SealedRow> VaultStatements::sealed(CaseKey key) {
    return all_rows(sealed_.with(key), read_sealed);
}

bool VaultStatements::has_sealed() {
    const AtRest rest{any_sealed_};
    return any_sealed_.step();
}

std::uint32_t VaultStatements::reads(const OfficerId& officer, Instant since) {
    const AtRest rest{count_reads_.with(officer, since)};
    count_reads_.step();
    return static_cast<std::uint32_t>(count_reads_.number(0));
}

std::optional<PersonKeyRow> VaultStatements::person(std::int64_t id) {
    return first_row(by_id_.with(id), read_person);
}

std::optional<PersonKeyRow> VaultStatements::person(std::string_view token) {
    return first_row(by_token_.with(Statement::Bytes{token}), read_person);
}

std::int64_t VaultStatements::put_person(const PersonKeyRow& row) {
    std::optional<PersonKeyRow> old;
    if (row.id != 0 && !(old = person(row.id)))
        throw StoreError(fmt::format("there is no person {} to replace", row.id));
    if (const auto other = person(row.token); other && other->id != row.id)
        throw StoreError(fmt::format("the token already belongs to person {}", other->id));

    // Also for new rows: when a page is split, its former content would remain.
    const Wiping wiping(connection_);
    const auto token = unless_empty(row.token), wrapped = unless_empty(row.wrapped);
    if (!old) {
        insert_person_.with(token, wrapped).run();
        return sqlite3_last_insert_rowid(connection_.handle());
    }
    replaced_ = true;
    rows_grew_ |= row.token.size() > old->token.size() || row.wrapped.size() > old->wrapped.size();
    if (row.token == old->token) {
        replace_key_.with(wrapped, row.id).run();
    } else {
        tokens_went_ = true;
        replace_person_.with(token, wrapped, row.id).run();
    }
    return row.id;
}

// Where SQLite moves rows between pages to make room, or to fill pages, copies can remain in the
// gaps of pages despite secure_delete. It overwrites pages that it frees, so anything that may have
// moved is rebuilt: the index, in which every new or removed token moves others, and the table only
// if rows grew, because rows at its end do not move.
void VaultStatements::wipe() {
    if (!rows_grew_ && !tokens_went_) return;
    const Wiping wiping(connection_);
    if (rows_grew_)
        connection_.run(
            "CREATE TEMP TABLE persons_now AS SELECT id, token, wrapped FROM main.persons;"
            "DELETE FROM main.persons;"
            "INSERT INTO main.persons (id, token, wrapped) SELECT id, token, wrapped FROM "
            "temp.persons_now ORDER BY id;"
            "DROP TABLE temp.persons_now");
    else if (tokens_went_)
        connection_.run("REINDEX persons_by_token");
}

std::vector<PersonKeyRow> VaultStatements::persons(std::int64_t after, std::size_t limit) {
    return ascending(
        all_rows(persons_.with(after, static_cast<std::int64_t>(limit)), read_person), after,
        [](const PersonKeyRow& row) { return row.id; }, "persons");
}

std::vector<CaseKey> VaultStatements::cases_of_person(std::int64_t id, CaseKey after,
                                                      std::size_t limit) {
    return ascending(
        all_rows(cases_.with(id, after, static_cast<std::int64_t>(limit)), read_key), after,
        [](CaseKey key) { return key; }, "sealed");
}

}  // namespace workflow::store
