#include "sqlite_backup.hpp"

#include <sqlite3.h>

#include <fmt/format.h>

#include <memory>

#include "sqlite_connection.hpp"

namespace workflow::store {

namespace {

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};

/// Only reads: the store's own connections move its log.
std::unique_ptr<sqlite3, Close> opened_to_read(const std::filesystem::path& store) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(store.c_str(), &handle,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<sqlite3, Close> opened(handle);
    if (code != SQLITE_OK)
        throw StoreError(fmt::format("{} cannot be read: {}", store.string(),
                                     handle ? sqlite3_errmsg(handle) : "out of memory"));
    return opened;
}

}  // namespace

void back_up(const std::filesystem::path& store, const std::filesystem::path& copy) {
    const auto source = opened_to_read(store);
    Connection target(copy, nullptr);
    auto* backup = sqlite3_backup_init(target.handle(), "main", source.get(), "main");
    if (!backup) target.fail("start the copy");
    // One step for all pages is a single read transaction: nobody waits for it, and no writer makes
    // it start again from the first page.
    const int code = sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK || code != SQLITE_DONE)
        target.fail("finish the copy");
    // A single file, without side files.
    (void)target.text("PRAGMA journal_mode = DELETE");
    if (const auto found = target.text("PRAGMA integrity_check"); found != "ok")
        throw StoreError(fmt::format("the copy of {} is damaged: {}", store.string(), found));
}

}  // namespace workflow::store
