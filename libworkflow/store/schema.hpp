#pragma once

/// The tables of a SQLite store and how older ones are brought up to them. docs/formats/sqlite.md
/// has them on paper.

#include <span>

namespace workflow::store {

/// "wflw": tells a store from any other SQLite file (PRAGMA application_id).
inline constexpr int application_id = 0x77666c77;

/// One step of the schema; step i brings version i to version i + 1. Never edited once released.
struct Migration {
    const char* sql;
    /// SHA-256 of the schema after this step, in hex: see `schema_checksum`.
    const char* checksum;
    /// Shows an older file, which stays as it is, as one that has taken this step: views and tables
    /// of the connection. Older steps come first.
    const char* as_taken;
};
std::span<const Migration> migrations();

/// The version this library writes (PRAGMA user_version).
int schema_version();

}  // namespace workflow::store
