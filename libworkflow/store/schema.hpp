#pragma once

/// The tables of a SQLite store and the migrations of older ones. docs/formats/sqlite.md specifies
/// them.

#include <span>

namespace workflow::store {

/// "wflw": distinguishes a store from other SQLite files (PRAGMA application_id).
inline constexpr int application_id = 0x77666c77;

/// One step of the schema. Step i brings version i to version i + 1. Never edited once released.
struct Migration {
    const char* sql;
    /// SHA-256 of the schema after this step, in hex: see `schema_checksum`.
    const char* checksum;
    /// Views and tables of the connection that present an older file, which stays unchanged, as if
    /// it had taken this step. Older steps come first.
    const char* as_taken;
};
std::span<const Migration> migrations();

/// Returns the version that this library writes (PRAGMA user_version).
int schema_version();

}  // namespace workflow::store
