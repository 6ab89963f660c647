#pragma once

/// A connection to a store's file with the statements of every verb: for writing, where the schema
/// is made or brought up to date, or for reading, where nothing is changed.

#include <filesystem>
#include <optional>

#include "sqlite_rows.hpp"
#include "sqlite_vault.hpp"

namespace workflow::store {

struct Session {
    /// Throws StoreError where the file is no store, is damaged, newer, or hashed otherwise than
    /// `made_by`. `patience`: how many milliseconds SQLite waits for others.
    Session(const std::filesystem::path& file, const char* vfs, Access access, int patience,
            std::optional<Hashing> made_by);

    Connection connection;
    Hashing hashing;
    Statements use;
    VaultStatements vault;
    std::int64_t seen = -1;  ///< data_version at the last unit of work

    /// Whether somebody else has written since the last call.
    bool others_wrote();
};

}  // namespace workflow::store
