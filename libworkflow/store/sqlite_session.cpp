#include "sqlite_session.hpp"

#include <fmt/format.h>

#include <utility>

#include "schema.hpp"

namespace workflow::store {
namespace {

/// Returns the schema's version in the file. Refuses newer ones and files of other programs.
/// Changes nothing.
int version_of(Connection& connection, const std::filesystem::path& file) {
    const auto owner = connection.number("PRAGMA application_id");
    const auto version = static_cast<int>(connection.number("PRAGMA user_version"));
    const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    if ((!empty && owner != application_id) || version < 0)
        throw StoreError(fmt::format("{} is a SQLite file of another program, not a workflow store",
                                     file.string()));
    if (version > schema_version())
        throw StoreError(fmt::format(
            "the store {} has schema {}, newer than this library's {}; use a newer libworkflow",
            file.string(), version, schema_version()));
    return version;
}

void check_schema(Connection& connection, const std::filesystem::path& file, int version) {
    const auto& wanted = migrations()[static_cast<std::size_t>(version - 1)];
    if (schema_checksum(connection) != wanted.checksum)
        throw StoreError(
            fmt::format("the store {} states schema {}, but its tables, indexes or triggers do not "
                        "match that schema",
                        file.string(), version));
}

/// Brings the schema up to this library's version. Refuses a schema that differs from what its
/// version states: a lost trigger or index would be noticed only when it matters. Runs in one
/// transaction, so that nobody finds a partly created store without its hash function.
void migrate(Connection& connection, const std::filesystem::path& file, int version,
             Hashing made_by) {
    if (version > 0) check_schema(connection, file, version);
    if (version == schema_version()) return;
    connection.run("BEGIN IMMEDIATE");
    for (int next = version; next < schema_version(); ++next) {
        connection.run(migrations()[static_cast<std::size_t>(next)].sql);
        connection.run(fmt::format("PRAGMA user_version = {}", next + 1).c_str());
        connection.run(fmt::format("PRAGMA application_id = {}", application_id).c_str());
        check_schema(connection, file, next + 1);
    }
    if (version == 0)
        connection.run(
            fmt::format("UPDATE hashing SET algorithm = '{}'", to_string(made_by)).c_str());
    connection.run("COMMIT");
}

/// Returns the hash function that the store states. A forged statement is detected by the hash
/// chains.
Hashing hashing_of(Connection& connection, const std::filesystem::path& file) {
    if (connection.number("SELECT count(*) FROM hashing") != 1)
        throw StoreError(
            fmt::format("the store {} does not state its hash function", file.string()));
    const auto name = connection.text("SELECT algorithm FROM hashing");
    if (const auto hashing = parse_hashing(name)) return *hashing;
    throw StoreError(
        fmt::format("the store {} uses the hash function `{}`, which this library does not support",
                    file.string(), name));
}

/// Disables features that a malicious file could exploit, before anything is read from it.
void distrust(Connection& connection, int patience) {
    auto* handle = connection.handle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(handle, patience);
}

/// Reads the settings back on which durability depends: a setting that SQLite did not accept is an
/// error.
void configure(Connection& connection, const std::filesystem::path& file) {
    // No plan may depend on bound values: with a partial index on the column compared with a
    // parameter, SQLite would prepare the statement again for each execution.
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    if (connection.text("PRAGMA journal_mode = WAL") != "wal")
        throw StoreError(fmt::format("the store {} cannot be kept in WAL mode", file.string()));
    connection.run("PRAGMA synchronous = FULL");
    if (connection.number("PRAGMA synchronous") != 2)
        throw StoreError(
            fmt::format("the store {} cannot be kept at synchronous=FULL", file.string()));
    // Overwriting deleted data costs a write per page. Rows deleted from the work list remain in
    // the events, so wiping them would hide nothing. Keys of persons are wiped (VaultStatements).
    connection.run("PRAGMA secure_delete = 0");
    connection.run("PRAGMA wal_autocheckpoint = 0");
    // No reference leads to a row that is ever deleted. `append` checks what matters.
    connection.run("PRAGMA foreign_keys = 0");
    connection.run("PRAGMA cache_size = -16384");
    connection.run("PRAGMA temp_store = MEMORY");
}

Connection for_reading(const std::filesystem::path& file, const char* vfs, Access access,
                       int patience) {
    Connection connection(file, vfs, access);
    distrust(connection, patience);
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    const auto version = version_of(connection, file);
    if (version == 0)
        throw StoreError(
            fmt::format("the store {} does not exist yet: the first command that writes creates it",
                        file.string()));
    check_schema(connection, file, version);
    connection.run("PRAGMA temp_store = MEMORY");
    connection.run("PRAGMA cache_size = -16384");
    for (int step = version; step < schema_version(); ++step)
        connection.run(migrations()[static_cast<std::size_t>(step)].as_taken);
    return connection;
}

Connection for_writing(const std::filesystem::path& file, const char* vfs, int patience,
                       Hashing made_by) {
    Connection connection(file, vfs);
    distrust(connection, patience);
    const auto version = version_of(connection, file);
    configure(connection, file);
    migrate(connection, file, version, made_by);
    return connection;
}

}  // namespace

Session::Session(const std::filesystem::path& file, const char* vfs, Access access, int patience,
                 std::optional<Hashing> made_by)
    : connection(access == Access::write
                     ? for_writing(file, vfs, patience, made_by.value_or(Hashing::sha256))
                     : for_reading(file, vfs, access, patience)),
      hashing(hashing_of(connection, file)),
      use(connection),
      vault(connection) {
    if (made_by && *made_by != hashing)
        throw StoreError(
            fmt::format("the store {} was created with {}; it cannot be opened with {}",
                        file.string(), to_string(hashing), to_string(*made_by)));
}

bool Session::others_wrote() {
    const AtRest rest{use.data_version.with()};
    use.data_version.step();
    const auto version = use.data_version.number(0);
    return std::exchange(seen, version) != version;
}

}  // namespace workflow::store
