#pragma once

#include <filesystem>
#include <memory>

#include <workflow/ports.hpp>

namespace workflow {

/// Opens, or makes, the store in `file`. WAL with synchronous=FULL, read back at start; one write
/// lock (flock on `file`-lock) is held around every unit of work and every checkpoint. Throws
/// StoreError when the file cannot be opened, is on a network file system, is corrupt, or has a
/// newer schema or not the one its version says.
///
/// A store that is made is hashed by `made_by`, without one by SHA-256; throws StoreError where one
/// that is there was made by another.
///
/// `vfs` names a SQLite VFS, for fault injection in tests. The writer moves the log into the file
/// when it has grown beyond `checkpoint_pages` (of 4 KiB).
std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file,
                                         const char* vfs = nullptr, int checkpoint_pages = 2000,
                                         std::optional<Hashing> made_by = {});

}  // namespace workflow
