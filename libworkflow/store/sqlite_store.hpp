#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include <workflow/ports.hpp>

namespace workflow::inline v0 {

/// Opens or creates the store in `file`. Uses WAL with synchronous=FULL, read back at start. Holds
/// one write lock (flock on `file`-lock) around every unit of work and every checkpoint. Throws
/// StoreError when the file cannot be opened, is on a network file system, has a second name, is
/// corrupt, has a newer schema, or has a schema other than its version states. Also throws when it,
/// its log or the log's index is moved away or replaced while the store is open.
///
/// A new store uses the hash function `made_by`, by default SHA-256. Throws StoreError where an
/// existing store uses another.
///
/// `vfs` names a SQLite VFS, for fault injection in tests. The writer moves the log into the file
/// when it has grown beyond `checkpoint_pages` (of 4 KiB). Waits for others at most `wait`, then
/// throws a StoreError naming the holder.
std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file,
                                         const char* vfs = nullptr, int checkpoint_pages = 2000,
                                         std::optional<Hashing> made_by = {},
                                         std::chrono::milliseconds wait = std::chrono::seconds(30));

/// Opens the store in `file` for reading: without its lock, changing nothing. Units of work see one
/// moment. Writing throws StoreError. A store of an older schema is read as it is. A copy that this
/// account may not write, with no log beside it, is read without writing anything beside it. If
/// another process writes it meanwhile, the next `begin` or `commit` detects that.
std::unique_ptr<Store> read_sqlite_store(const std::filesystem::path& file,
                                         std::chrono::milliseconds wait = std::chrono::seconds(30),
                                         std::optional<Hashing> made_by = {},
                                         const char* vfs = nullptr);

}  // namespace workflow::inline v0
