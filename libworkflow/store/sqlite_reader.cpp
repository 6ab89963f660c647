// A SQLite store that is only read: without its lock, and without writing to its folder where that
// is not permitted.

#include <fmt/format.h>

#include "sqlite_reading.hpp"
#include "sqlite_store.hpp"
#include "store_file.hpp"

namespace workflow::store {
namespace {

class SqliteReader final : public SqliteReading {
public:
    SqliteReader(std::filesystem::path file, const char* vfs, Access access,
                 std::chrono::milliseconds wait, std::optional<Hashing> made_by)
        : SqliteReading(std::move(file), vfs, wait),
          session_(file_, vfs_, access, patience(), made_by),
          begin_(session_.connection, "BEGIN") {
        hashing_ = session_.hashing;
        if (access == Access::still) still_.emplace(file_);
    }

    bool begin() override {
        if (open_) throw StoreError("a unit of work is already open");
        check();
        begin_.with().run();
        open_ = true;
        return session_.others_wrote();  // reads, and therefore sees this moment from here on
    }
    void commit() override {
        if (!open_) throw StoreError("there is no unit of work to commit");
        rollback();
        check();
    }
    void rollback() noexcept override {
        if (!open_) return;
        open_ = false;
        sqlite3_exec(session_.connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }

    CaseKey new_case() override { refuse(); }
    void append(const Change&) override { refuse(); }
    void publish(const Digest&, std::string_view) override { refuse(); }
    std::int64_t put_person(const PersonKeyRow&) override { refuse(); }
    void put_draw_key(const Digest&) override { refuse(); }

private:
    Session& session() override { return session_; }
    void check() const {
        if (still_) still_->check();
    }
    [[noreturn]] void refuse() const {
        throw StoreError(fmt::format("the store {} is open for reading only", file_.string()));
    }

    Session session_;
    Statement begin_;
    std::optional<StillWatch> still_;
    bool open_ = false;
};

}  // namespace

std::unique_ptr<Store> SqliteReading::another_reader() const {
    return read_sqlite_store(file_, wait_, {}, vfs_);
}

}  // namespace workflow::store

namespace workflow::inline v0 {

std::unique_ptr<Store> read_sqlite_store(const std::filesystem::path& name,
                                         std::chrono::milliseconds wait,
                                         std::optional<Hashing> made_by, const char* vfs) {
    const auto file = store::real_file(name);
    if (!std::filesystem::exists(file))
        throw StoreError(fmt::format("there is no store {}", file.string()));
    const bool still = store::stands_still(file);
    if (!still) {
        store::refuse_network_file_system(file);
        store::refuse_second_name(file);
    }
    return std::make_unique<store::SqliteReader>(
        file, vfs, still ? store::Access::still : store::Access::read, wait, made_by);
}

}  // namespace workflow::inline v0
