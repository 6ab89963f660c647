#pragma once

/// The state of a store's file, read without a lock and without migrating it.

#include <filesystem>
#include <string>
#include <vector>

namespace workflow::store {

struct FileHealth {
    int schema = 0;         ///< the version of the file
    int newest_schema = 0;  ///< the version that this library writes
    bool is_store = false;  ///< it has the application id of a store
    std::string journal_mode;
    /// Missing triggers that protect the events.
    std::vector<std::string> missing_guards;
    /// Triggers and views that no store has.
    std::vector<std::string> strangers;
};

/// Throws StoreError where the file cannot be read as SQLite.
FileHealth health_of(const std::filesystem::path& file);

}  // namespace workflow::store
