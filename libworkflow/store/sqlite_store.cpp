#include "sqlite_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <utility>

#include "sqlite_reading.hpp"
#include "store_file.hpp"
#include "write_lock.hpp"

namespace workflow::store {
namespace {

int remember_pages(void* pages, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(pages) = in_log;
    return SQLITE_OK;
}

/// A session that writes, and the state of its log.
struct WritingSession : Session {
    int log_pages = 0;
    /// The log may contain data that were replaced for good; its previous holder may have crashed
    /// over it.
    bool log_tells = true;
    bool replaced = false;  // by this session, so the log must be cleared soon
    bool fresh = true;      // nothing was committed yet

    WritingSession(const std::filesystem::path& file, const char* vfs, int patience,
                   std::optional<Hashing> made_by)
        : Session(file, vfs, Access::write, patience, made_by) {
        sqlite3_wal_hook(connection.handle(), remember_pages, &log_pages);
    }
};

class SqliteStore final : public SqliteReading {
public:
    SqliteStore(std::filesystem::path file, const char* vfs, int checkpoint_pages,
                std::optional<Hashing> made_by, std::chrono::milliseconds wait)
        : SqliteReading(std::move(file), vfs, wait),
          checkpoint_pages_(checkpoint_pages),
          lock_(file_, wait),
          watch_(file_),
          process_(getpid()) {
        // The opener already holds the lock, through its own descriptor.
        open_session(made_by);
        hashing_ = session_->hashing;
    }
    ~SqliteStore() override {
        // In a forked child the file and its locks belong to the parent: closing would release
        // them.
        if (process_ != getpid()) {
            static_cast<void>(session_.release());
            return;
        }
        if (!session_) return;
        // The last connection to close moves the log into the file: an ordinary checkpoint. Without
        // the lock the log stays for whoever opens the store next.
        try {
            lock_.take(std::min(wait_, closing_wait));
            watch_.check();
        } catch (const StoreError&) {
            sqlite3_db_config(session_->connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                              nullptr);
            session_.reset();
            lock_.release();
            return;
        }
        if (session_->log_tells && !open_ && !poisoned_) checkpoint();
        session_.reset();
        lock_.release();
    }

    bool begin() override {
        if (process_ != getpid())
            throw StoreError("a store opened before a fork belongs to the parent; open it again");
        if (open_) throw StoreError("a unit of work is already open");
        lock_.take();
        open_ = true;
        try {
            auto& s = session();
            check_place();
            s.use.begin.run();
            s.vault.begin();
            return s.others_wrote();
        } catch (...) {
            give_up();
            throw;
        }
    }

    void commit() override {
        if (!open_) throw StoreError("there is no unit of work to commit");
        if (spoiled_) {
            rollback();
            throw StoreError("a write in this unit of work failed: nothing of it was kept");
        }
        try {
            check_place();
            session_->vault.wipe();
            session_->use.commit.run();
            check_place();  // otherwise the acknowledged data would be in no file of that name
        } catch (...) {
            // It is unknown whether the commit is on disk. Only a new connection can determine it.
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
    void put_draw_key(const Digest& key) override {
        writing([&](Session& s) { store::put_draw_key(s.connection, key); });
    }
    void publish(const Digest& digest, std::string_view text) override {
        writing([&](Session& s) { s.use.publish(digest, text); });
    }
    std::int64_t put_person(const PersonKeyRow& row) override {
        return writing([&](Session& s) { return s.vault.put_person(row); });
    }

private:
    /// Returns the open connection, or a new one after a commit left the last one in doubt.
    Session& session() override {
        if (session_ && session_->connection.doubtful()) poisoned_ = true;
        if (poisoned_)
            throw StoreError(fmt::format(
                "the store {} met an I/O error, a full disk or damage, or was moved away; "
                "reopen it once the cause is gone",
                file_.string()));
        if (!session_) {
            // Opening may write (log recovery), so it needs the lock like any writer.
            if (!open_) lock_.take();
            try {
                open_session(hashing_);
            } catch (...) {
                if (!open_) lock_.release();
                throw;
            }
            if (!open_) lock_.release();
        }
        return *session_;
    }

    void open_session(std::optional<Hashing> made_by) {
        session_ = std::make_unique<WritingSession>(file_, vfs_, patience(), made_by);
        watch_.look();
    }

    /// Unless the files are unchanged in place, throws StoreError and prevents further operations.
    void check_place() {
        try {
            watch_.check();
        } catch (const StoreError&) {
            poisoned_ = true;
            // Closing would delete the file that now has the name of the log.
            sqlite3_db_config(session_->connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                              nullptr);
            throw;
        }
    }

    /// A failing write may be partly done: the writes before it must not be committed.
    template <class Write>
    std::invoke_result_t<Write, Session&> writing(Write write) {
        if (!open_) throw StoreError("writing to the store requires a unit of work");
        try {
            return write(session());
        } catch (...) {
            spoiled_ = true;
            throw;
        }
    }

    /// Ends the unit of work together with its connection.
    void give_up() noexcept {
        if (session_ && session_->connection.doubtful()) poisoned_ = true;
        session_.reset();
        open_ = spoiled_ = false;
        lock_.release();
    }

    /// The preceding commit stands whatever happens here. A failure shows at the next operation.
    void checkpoint() noexcept {
        auto* handle = session_->connection.handle();
        // A log that is only moved keeps its pages until others replace them. Emptying it waits for
        // readers: not here, where every other writer would wait too.
        sqlite3_busy_timeout(handle, 0);
        const int code = sqlite3_wal_checkpoint_v2(
            handle, nullptr,
            session_->log_tells ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr,
            nullptr);
        sqlite3_busy_timeout(handle, patience());
        // A blocking reader only delays it.
        if (code == SQLITE_OK)
            session_->log_tells = session_->replaced = false;
        else if ((code & 0xff) != SQLITE_BUSY)
            poisoned_ = true;
        session_->log_pages = 0;
    }

    /// The maximum wait for the lock to clean up.
    static constexpr std::chrono::milliseconds closing_wait{2000};

    int checkpoint_pages_;
    WriteLock lock_;
    FileWatch watch_;
    pid_t process_;
    bool open_ = false;      // a unit of work is open
    bool spoiled_ = false;   // a write in it failed
    bool poisoned_ = false;  // until the store is reopened
    std::unique_ptr<WritingSession> session_;
};

/// Creates the file of a new store, readable only by its owner. SQLite gives its side files the
/// same mode. An existing file is left alone: closing it once more would release SQLite's locks.
void make_private(const std::filesystem::path& file) {
    struct stat there {};
    if (::stat(file.c_str(), &there) == 0 || errno != ENOENT) return;
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0) ::close(made);  // if creating fails, SQLite reports the cause
}

}  // namespace
}  // namespace workflow::store

namespace workflow::inline v0 {

std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& name, const char* vfs,
                                         int checkpoint_pages, std::optional<Hashing> made_by,
                                         std::chrono::milliseconds wait) {
    const auto file = store::real_file(name);
    store::refuse_network_file_system(file);
    store::refuse_second_name(file);
    store::WriteLock opening(file, wait);
    opening.take();
    store::make_private(file);
    return std::make_unique<store::SqliteStore>(file, vfs, checkpoint_pages, made_by, wait);
}

}  // namespace workflow::inline v0
