#include "sqlite_store.hpp"

#include <fmt/format.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "event_pages.hpp"
#include "schema.hpp"
#include "sqlite_rows.hpp"
#include "sqlite_vault.hpp"
#include "write_lock.hpp"

namespace workflow {
namespace store {
namespace {

constexpr int patience = 20'000;  // milliseconds that SQLite waits for others

/// WAL needs memory shared between processes and locks that hold, which network and cluster file
/// systems do not give.
void refuse_network_file_system(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    struct statfs system {};
    if (statfs(folder.c_str(), &system) != 0)
        throw StoreError(fmt::format("the store {}: {}", file.string(), std::strerror(errno)));
    // NFS, SMB (three generations), 9p, Ceph, AFS (two), Coda, Lustre, OCFS2, GFS2.
    constexpr std::array<unsigned, 12> network{0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                               0x01021997, 0x00C36400, 0x5346414F, 0x6B414653,
                                               0x73757245, 0x0BD00BD0, 0x7461636F, 0x01161970};
    for (const auto kind : network)
        if (static_cast<unsigned>(system.f_type) == kind)
            throw StoreError(
                fmt::format("the store {} lies on a network file system, where SQLite's log is not "
                            "safe; use a local disk",
                            file.string()));
}

/// The schema's version in the file. Refuses newer ones and files of other programs; changes
/// nothing.
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

/// Brings the schema up to this library's version, and refuses one that is not what its version
/// says: a lost trigger or index would be missed only when it matters. In one transaction: nobody
/// finds a store that is half made, and does not say yet by what it is hashed.
void migrate(Connection& connection, const std::filesystem::path& file, int version,
             Hashing made_by) {
    const auto check = [&](int reached) {
        const auto& wanted = migrations()[static_cast<std::size_t>(reached - 1)];
        if (schema_checksum(connection) != wanted.checksum)
            throw StoreError(
                fmt::format("the store {} says that it has schema {}, but its tables, indexes or "
                            "triggers are not those of that schema",
                            file.string(), reached));
    };
    if (version > 0) check(version);
    if (version == schema_version()) return;
    connection.run("BEGIN IMMEDIATE");
    for (int next = version; next < schema_version(); ++next) {
        connection.run(migrations()[static_cast<std::size_t>(next)].sql);
        connection.run(fmt::format("PRAGMA user_version = {}", next + 1).c_str());
        connection.run(fmt::format("PRAGMA application_id = {}", application_id).c_str());
        check(next + 1);
    }
    if (version == 0)
        connection.run(
            fmt::format("UPDATE hashing SET algorithm = '{}'", to_string(made_by)).c_str());
    connection.run("COMMIT");
}

/// By what the store says that it is hashed. Whoever writes something else there is found out by
/// the chains.
Hashing hashing_of(Connection& connection, const std::filesystem::path& file) {
    if (connection.number("SELECT count(*) FROM hashing") != 1)
        throw StoreError(
            fmt::format("the store {} does not say by what it is hashed", file.string()));
    const auto name = connection.text("SELECT algorithm FROM hashing");
    if (const auto hashing = parse_hashing(name)) return *hashing;
    throw StoreError(fmt::format("the store {} is hashed by `{}`, which this library does not know",
                                 file.string(), name));
}

/// What a stranger's file could use against us is off before anything is read from it.
void distrust(Connection& connection) {
    auto* handle = connection.handle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(handle, patience);
}

/// What durability rests on is read back: a setting that SQLite did not take is an error.
void configure(Connection& connection, const std::filesystem::path& file) {
    // No plan may depend on what is bound: with a partial index on what a parameter is compared
    // with, SQLite would prepare the statement anew for each execution.
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    if (connection.text("PRAGMA journal_mode = WAL") != "wal")
        throw StoreError(fmt::format("the store {} cannot be kept in WAL mode", file.string()));
    connection.run("PRAGMA synchronous = FULL");
    if (connection.number("PRAGMA synchronous") != 2)
        throw StoreError(
            fmt::format("the store {} cannot be kept at synchronous=FULL", file.string()));
    // Overwriting what is deleted costs a write a page, and what the work list lets go of stays in
    // the events anyway: wiping it would hide nothing. Keys of persons are wiped (VaultStatements).
    connection.run("PRAGMA secure_delete = 0");
    connection.run("PRAGMA wal_autocheckpoint = 0");
    // No reference leads to a row that is ever deleted; `append` checks what matters.
    connection.run("PRAGMA foreign_keys = 0");
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
    Hashing hashing;
    Statements use;
    VaultStatements vault;
    int log_pages = 0;
    /// The log may hold what was replaced for good; whoever had it before us may have died over it.
    bool log_tells = true;
    bool replaced = false;   // by this session, so that it must go soon
    bool fresh = true;       // nothing was committed yet
    std::int64_t seen = -1;  // data_version at the last unit of work

    Session(const std::filesystem::path& file, const char* vfs, std::optional<Hashing> made_by)
        : connection(prepared(file, vfs, made_by.value_or(Hashing::sha256))),
          hashing(hashing_of(connection, file)),
          use(connection),
          vault(connection) {
        if (made_by && *made_by != hashing)
            throw StoreError(
                fmt::format("the store {} was made with {} and keeps it; it cannot be opened as "
                            "one with {}",
                            file.string(), to_string(hashing), to_string(*made_by)));
        sqlite3_wal_hook(connection.handle(), remember_pages, &log_pages);
    }

    static Connection prepared(const std::filesystem::path& file, const char* vfs,
                               Hashing made_by) {
        Connection connection(file, vfs);
        distrust(connection);
        const auto version = version_of(connection, file);
        configure(connection, file);
        migrate(connection, file, version, made_by);
        return connection;
    }
};

class SqliteStore final : public Store, public EventPages {
public:
    SqliteStore(std::filesystem::path file, const char* vfs, int checkpoint_pages,
                std::optional<Hashing> made_by)
        : file_(std::move(file)),
          vfs_(vfs),
          checkpoint_pages_(checkpoint_pages),
          lock_(file_.string() + "-lock"),
          process_(getpid()) {
        // The opener holds the lock already, through a descriptor of its own.
        session_ = std::make_unique<Session>(file_, vfs_, made_by);
        hashing_ = session_->hashing;
    }
    ~SqliteStore() override {
        // In a forked child the file and its locks are the parent's: closing would undo them.
        if (process_ != getpid()) {
            static_cast<void>(session_.release());
            return;
        }
        // The last connection to close moves the log into the file: a checkpoint like any other.
        try {
            lock_.take();
        } catch (const StoreError&) {
            return;
        }
        if (session_ && session_->log_tells && !open_ && !poisoned_) checkpoint();
        session_.reset();
        lock_.release();
    }

    [[nodiscard]] Hashing hashing() const override { return hashing_; }

    bool begin() override {
        if (process_ != getpid())
            throw StoreError("a store opened before a fork belongs to the parent; open it anew");
        if (open_) throw StoreError("a unit of work is open already");
        lock_.take();
        open_ = true;
        try {
            auto& s = session();
            s.use.begin.run();
            s.vault.begin();
            s.use.data_version.with();
            s.use.data_version.step();
            const auto version = s.use.data_version.number(0);
            s.use.data_version.reset();
            const bool others_wrote = s.seen != version;
            s.seen = version;
            return others_wrote;
        } catch (...) {
            give_up();
            throw;
        }
    }

    void commit() override {
        if (!open_) throw StoreError("there is no unit of work to commit");
        if (spoiled_) {
            rollback();
            throw StoreError("a write of this unit of work failed: nothing of it is kept");
        }
        try {
            session_->vault.wipe();
            session_->use.commit.run();
        } catch (...) {
            // Whether the commit is on disk is not known: only a fresh connection may tell.
            give_up();
            throw;
        }
        open_ = false;
        session_->replaced |= session_->vault.replaced();
        session_->log_tells |= session_->replaced;
        const bool first = std::exchange(session_->fresh, false);
        if (first || session_->replaced || session_->log_pages > checkpoint_pages_) checkpoint();
        lock_.release();
    }

    void rollback() noexcept override {
        if (!open_) return;
        if (session_)
            sqlite3_exec(session_->connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        if (session_ && session_->connection.doubtful()) return give_up();
        open_ = spoiled_ = false;
        lock_.release();
    }

    CaseKey new_case() override {
        return writing([&](Session& s) { return s.use.new_case(); });
    }
    void append(const Change& change) override {
        writing([&](Session& s) {
            s.use.append(change);
            s.vault.append(change);
        });
    }
    std::optional<CaseRow> find(const CaseNumber& number) override {
        return session().use.find(number);
    }
    std::optional<CaseRow> find(CaseKey key) override { return session().use.find(key); }
    std::optional<CaseNumber> last_number(std::string_view prefix) override {
        return session().use.last_number(prefix);
    }
    std::vector<EventRecord> events(CaseKey key) override { return session().use.events_of(key); }
    std::optional<EventRecord> last_event() override {
        return store::last_event(session().connection);
    }
    void events_after(std::int64_t position,
                      const std::function<bool(const EventPlace&)>& visit) override {
        session().use.events_after(position, visit);
    }
    void read_page(std::int64_t after, std::size_t bytes, EventPage& page) override {
        session().use.read_page(after, bytes, page);
    }
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
    std::uint32_t held(const OfficerId& officer) override { return session().use.held(officer); }
    OfficerId last_turn(std::string_view queue) override { return session().use.last_turn(queue); }
    std::optional<MatterRow> matter(const Digest& matter) override {
        return session().use.matter(matter);
    }
    std::vector<MatterRow> matters(const std::optional<Digest>& after, std::size_t limit) override {
        return list_matters(session().connection, after, limit);
    }
    std::optional<Digest> draw_key() override { return store::draw_key(session().connection); }
    void put_draw_key(const Digest& key) override {
        writing([&](Session& s) { store::put_draw_key(s.connection, key); });
    }
    std::uint32_t reads(const OfficerId& officer, Instant since) override {
        return session().vault.reads(officer, since);
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
        writing([&](Session& s) { s.use.publish(digest, text); });
    }
    std::optional<std::string> published(const Digest& digest) override {
        return session().use.published(digest);
    }
    std::vector<SealedRow> sealed(CaseKey key) override { return session().vault.sealed(key); }
    std::optional<PersonKeyRow> person(std::int64_t id) override {
        return session().vault.person(id);
    }
    std::optional<PersonKeyRow> person(std::string_view token) override {
        return session().vault.person(token);
    }
    std::int64_t put_person(const PersonKeyRow& row) override {
        return writing([&](Session& s) { return s.vault.put_person(row); });
    }
    std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) override {
        return session().vault.persons(after, limit);
    }
    std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                         std::size_t limit) override {
        return session().vault.cases_of_person(id, after, limit);
    }

private:
    /// The open connection; made anew when a commit left the last one in doubt.
    Session& session() {
        if (session_ && session_->connection.doubtful()) poisoned_ = true;
        if (poisoned_)
            throw StoreError(fmt::format(
                "the store {} met an I/O error, a full disk or damage; open it anew once the cause "
                "is gone",
                file_.string()));
        if (!session_) {
            // Opening may write (the log is recovered), so it needs the lock like any writer.
            if (!open_) lock_.take();
            try {
                session_ = std::make_unique<Session>(file_, vfs_, hashing_);
            } catch (...) {
                if (!open_) lock_.release();
                throw;
            }
            if (!open_) lock_.release();
        }
        return *session_;
    }

    /// A write that fails may have been done by half: what came before it must not be committed.
    template <class Write>
    std::invoke_result_t<Write, Session&> writing(Write write) {
        if (!open_) throw StoreError("writing to the store needs a unit of work");
        try {
            return write(session());
        } catch (...) {
            spoiled_ = true;
            throw;
        }
    }

    /// Ends the unit of work with the connection that it ran on.
    void give_up() noexcept {
        if (session_ && session_->connection.doubtful()) poisoned_ = true;
        session_.reset();
        open_ = spoiled_ = false;
        lock_.release();
    }

    /// The commit before it stands whatever happens here: a failure shows at the next verb.
    void checkpoint() noexcept {
        auto* handle = session_->connection.handle();
        // A log that is only moved keeps its pages until others take their place. Emptying it waits
        // for readers: not now, where every other writer would wait with it.
        sqlite3_busy_timeout(handle, 0);
        const int code = sqlite3_wal_checkpoint_v2(
            handle, nullptr,
            session_->log_tells ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr,
            nullptr);
        sqlite3_busy_timeout(handle, patience);
        // A reader that is in the way only delays it.
        if (code == SQLITE_OK)
            session_->log_tells = session_->replaced = false;
        else if ((code & 0xff) != SQLITE_BUSY)
            poisoned_ = true;
        session_->log_pages = 0;
    }

    std::filesystem::path file_;
    const char* vfs_;
    int checkpoint_pages_;
    WriteLock lock_;
    pid_t process_;
    Hashing hashing_{};
    bool open_ = false;      // a unit of work is
    bool spoiled_ = false;   // a write of it failed
    bool poisoned_ = false;  // until the store is opened anew
    std::unique_ptr<Session> session_;
};

}  // namespace
}  // namespace store

std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file, const char* vfs,
                                         int checkpoint_pages, std::optional<Hashing> made_by) {
    store::refuse_network_file_system(file);
    store::WriteLock opening(file.string() + "-lock");
    opening.take();
    return std::make_unique<store::SqliteStore>(file, vfs, checkpoint_pages, made_by);
}

}  // namespace workflow
