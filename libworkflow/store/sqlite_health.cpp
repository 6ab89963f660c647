#include "sqlite_health.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <sqlite3.h>

#include <workflow/ports.hpp>

#include "schema.hpp"

namespace workflow::store {

namespace {

constexpr std::array<std::string_view, 2> guards{"events_are_never_changed",
                                                 "events_are_never_deleted"};

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Handle open_to_read(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle(opened);
    if (code != SQLITE_OK)
        throw StoreError(fmt::format("the store {} cannot be opened for reading: {}", file.string(),
                                     opened ? sqlite3_errmsg(opened) : "out of memory"));
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(opened, 2000);
    return handle;
}

/// Returns the first column of every row, as text.
std::vector<std::string> column(const Handle& handle, const char* sql,
                                const std::filesystem::path& file) {
    std::vector<std::string> rows;
    const auto take = [](void* into, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(into)->emplace_back(values[0] ? values[0] : "");
        return 0;
    };
    if (sqlite3_exec(handle.get(), sql, take, &rows, nullptr) != SQLITE_OK)
        throw StoreError(fmt::format("the store {} cannot be read: {}", file.string(),
                                     sqlite3_errmsg(handle.get())));
    return rows;
}

}  // namespace

FileHealth health_of(const std::filesystem::path& file) {
    const auto handle = open_to_read(file);
    const auto number = [&](const char* sql) {
        const auto rows = column(handle, sql, file);
        return rows.empty() ? 0 : std::stoi(rows.front());
    };
    FileHealth health;
    health.schema = number("PRAGMA user_version");
    health.newest_schema = schema_version();
    health.is_store = number("PRAGMA application_id") == application_id;
    for (auto& mode : column(handle, "PRAGMA journal_mode", file)) health.journal_mode = mode;
    auto others = column(
        handle, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name",
        file);
    for (const auto guard : guards)
        if (std::erase(others, std::string(guard)) == 0) health.missing_guards.emplace_back(guard);
    health.strangers = std::move(others);
    return health;
}

}  // namespace workflow::store
