#include "sqlite_store.hpp"

#include <fmt/format.h>
#include <sys/vfs.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "schema.hpp"
#include "sqlite_rows.hpp"
#include "write_lock.hpp"

namespace workflow {
namespace store {
namespace {

/// Pages of write-ahead log (4 KiB each) after which the writer moves them into the file.
constexpr int checkpoint_pages = 2000;

/// WAL needs memory shared between processes, which network file systems do not give.
void refuse_network_file_system(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    struct statfs system {};
    if (statfs(folder.c_str(), &system) != 0)
        throw StoreError(fmt::format("the store {}: {}", file.string(), std::strerror(errno)));
    constexpr std::array<unsigned, 5> network{0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x01021997};
    for (const auto kind : network)
        if (static_cast<unsigned>(system.f_type) == kind)
            throw StoreError(
                fmt::format("the store {} lies on a network file system, where SQLite's log is not "
                            "safe; use a local disk",
                            file.string()));
}

/// Brings the schema up to this library's version; refuses a newer one and files of other programs.
void migrate(Connection& connection, const std::filesystem::path& file) {
    const auto owner = connection.number("PRAGMA application_id");
    const auto version = static_cast<int>(connection.number("PRAGMA user_version"));
    const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (!empty && owner != application_id)
        throw StoreError(fmt::format("{} is a SQLite file of another program, not a workflow store",
                                     file.string()));
    if (version > schema_version())
        throw StoreError(fmt::format(
            "the store {} has schema {}, newer than this library's {}; use a newer libworkflow",
            file.string(), version, schema_version()));
    for (int next = version; next < schema_version(); ++next) {
        connection.run("BEGIN IMMEDIATE");
        connection.run(migrations()[static_cast<std::size_t>(next)].sql);
        connection.run(fmt::format("PRAGMA user_version = {}", next + 1).c_str());
        connection.run(fmt::format("PRAGMA application_id = {}", application_id).c_str());
        connection.run("COMMIT");
    }
}

/// What durability rests on is read back: a setting that SQLite did not take is an error.
void configure(Connection& connection, const std::filesystem::path& file) {
    auto* handle = connection.handle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(handle, 20'000);
    if (connection.text("PRAGMA journal_mode = WAL") != "wal")
        throw StoreError(fmt::format("the store {} cannot be kept in WAL mode", file.string()));
    connection.run("PRAGMA synchronous = FULL");
    if (connection.number("PRAGMA synchronous") != 2)
        throw StoreError(
            fmt::format("the store {} cannot be kept at synchronous=FULL", file.string()));
    // Nothing is ever deleted that would have to be wiped: personal data will be encrypted instead.
    connection.run("PRAGMA secure_delete = 0");
    connection.run("PRAGMA wal_autocheckpoint = 0");
    connection.run("PRAGMA cache_size = -16384");
    connection.run("PRAGMA temp_store = MEMORY");
}

int remember_pages(void* pages, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(pages) = in_log;
    return SQLITE_OK;
}

/// A connection with the statements of every verb.
struct Session {
    Connection connection;
    Statements use;
    int log_pages = 0;
    std::int64_t seen = -1;  // data_version at the last unit of work

    Session(const std::filesystem::path& file, const char* vfs)
        : connection(prepared(file, vfs)), use(connection) {
        sqlite3_wal_hook(connection.handle(), remember_pages, &log_pages);
    }

    static Connection prepared(const std::filesystem::path& file, const char* vfs) {
        Connection connection(file, vfs);
        configure(connection, file);
        migrate(connection, file);
        return connection;
    }
};

class SqliteStore final : public Store {
public:
    SqliteStore(std::filesystem::path file, const char* vfs)
        : file_(std::move(file)), vfs_(vfs), lock_(file_.string() + "-lock") {
        session();
    }
    ~SqliteStore() override {
        // The last connection to close moves the log into the file: a checkpoint like any other.
        try {
            lock_.take();
        } catch (const StoreError&) {
            return;
        }
        session_.reset();
        lock_.release();
    }

    bool begin() override {
        lock_.take();
        try {
            auto& s = session();
            s.use.begin.run();
            s.use.data_version.with();
            s.use.data_version.step();
            const auto version = s.use.data_version.number(0);
            s.use.data_version.reset();
            const bool others_wrote = s.seen != version;
            s.seen = version;
            return others_wrote;
        } catch (...) {
            lose();
            lock_.release();
            throw;
        }
    }

    void commit() override {
        try {
            session_->use.commit.run();
            if (session_->log_pages > checkpoint_pages) checkpoint();
        } catch (...) {
            // Whether the commit is on disk is not known: only a fresh connection may tell.
            lose();
            lock_.release();
            throw;
        }
        lock_.release();
    }

    void rollback() noexcept override {
        if (session_ && sqlite3_get_autocommit(session_->connection.handle()) == 0)
            sqlite3_exec(session_->connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        if (session_ && poisonous(sqlite3_extended_errcode(session_->connection.handle()))) lose();
        lock_.release();
    }

    CaseKey new_case() override { return session().use.new_case(); }
    void append(const Change& change) override { session().use.append(change); }
    std::optional<CaseRow> find(const CaseNumber& number) override {
        return session().use.find(number);
    }
    std::optional<CaseRow> find(CaseKey key) override { return session().use.find(key); }
    std::optional<CaseNumber> last_number(std::string_view prefix) override {
        return session().use.last_number(prefix);
    }
    std::vector<EventRecord> events(CaseKey key) override { return session().use.events_of(key); }
    std::optional<RequestRow> request(const CommandKey& key) override {
        return session().use.request(key);
    }
    std::vector<CaseRow> cases(const CaseFilter& filter) override {
        return list_cases(session().connection, filter);
    }
    std::vector<TaskRow> tasks(const TaskFilter& filter) override {
        return list_tasks(session().connection, filter);
    }
    std::vector<TaskRow> tasks_of(CaseKey key) override { return session().use.tasks_of(key); }
    std::optional<TaskRow> next_held(const OfficerId& officer) override {
        return session().use.next_held(officer);
    }
    std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) override {
        return session().use.next_claimable(officer, posts, hall, acceptable);
    }
    std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                             std::size_t limit) override {
        return session().use.due(day, after, limit);
    }
    Counts counts() override {
        auto& connection = session().connection;
        const auto count = [&](const char* sql) {
            return static_cast<std::uint64_t>(connection.number(sql));
        };
        return {count("SELECT count(*) FROM cases"), count("SELECT count(*) FROM events"),
                count("SELECT count(*) FROM tasks")};
    }
    void publish(const Digest& digest, std::string_view text) override {
        session().use.publish(digest, text);
    }
    std::optional<std::string> published(const Digest& digest) override {
        return session().use.published(digest);
    }

private:
    /// The open connection; made anew when the last one was lost.
    Session& session() {
        if (!session_) session_ = std::make_unique<Session>(file_, vfs_);
        return *session_;
    }

    /// After these the connection's view of the file is not to be trusted.
    static bool poisonous(int code) {
        const int primary = code & 0xff;
        return primary == SQLITE_IOERR || primary == SQLITE_FULL || primary == SQLITE_CORRUPT ||
               primary == SQLITE_NOTADB;
    }

    void lose() { session_.reset(); }

    void checkpoint() {
        const int code = sqlite3_wal_checkpoint_v2(session_->connection.handle(), nullptr,
                                                   SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        // A reader that is in the way only delays it.
        if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
            session_->connection.fail("move the log into the file");
        session_->log_pages = 0;
    }

    std::filesystem::path file_;
    const char* vfs_;
    WriteLock lock_;
    std::unique_ptr<Session> session_;
};

}  // namespace
}  // namespace store

std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file, const char* vfs) {
    store::refuse_network_file_system(file);
    store::WriteLock opening(file.string() + "-lock");
    opening.take();
    return std::make_unique<store::SqliteStore>(file, vfs);
}

}  // namespace workflow
