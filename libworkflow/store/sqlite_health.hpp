#pragma once

/// What a store's file says of itself, read without a lock and without bringing it up to date.

#include <filesystem>
#include <string>
#include <vector>

namespace workflow::store {

struct FileHealth {
    int schema = 0;         ///< the version that the file has
    int newest_schema = 0;  ///< the one that this library writes
    bool is_store = false;  ///< its application id is that of a store
    std::string journal_mode;
    /// Triggers that guard the events and are not there.
    std::vector<std::string> missing_guards;
    /// Triggers and views that no store has.
    std::vector<std::string> strangers;
};

/// Throws StoreError where the file cannot be read as SQLite.
FileHealth health_of(const std::filesystem::path& file);

}  // namespace workflow::store
