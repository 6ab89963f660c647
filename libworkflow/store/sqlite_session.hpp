#pragma once

/// A connection to a store's file with all statements. For writing, the schema is created or
/// migrated. For reading, nothing is changed.

#include <filesystem>
#include <optional>

#include "sqlite_rows.hpp"
#include "sqlite_vault.hpp"

namespace workflow::store {

struct Session {
    /// Throws StoreError where the file is not a store, is damaged or newer, or does not use
    /// `made_by`. `patience`: how many milliseconds SQLite waits for others.
    Session(const std::filesystem::path& file, const char* vfs, Access access, int patience,
            std::optional<Hashing> made_by);

    Connection connection;
    Hashing hashing;
    Statements use;
    VaultStatements vault;
    std::int64_t seen = -1;  ///< data_version at the last unit of work

    /// Returns whether another writer has written since the last call.
    bool others_wrote();
};

}  // namespace workflow::store
