#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include <workflow/ports.hpp>

namespace workflow {

/// Opens, or makes, the store in `file`. WAL with synchronous=FULL, read back at start; one write
/// lock (flock on `file`-lock) is held around every unit of work and every checkpoint. Throws
/// StoreError when the file cannot be opened, is on a network file system, has a second name, is
/// corrupt, or has a newer schema or not the one its version says; and when it, its log or the
/// index of that is moved away or replaced while the store is open.
///
/// A store that is made is hashed by `made_by`, without one by SHA-256; throws StoreError where one
/// that is there was made by another.
///
/// `vfs` names a SQLite VFS, for fault injection in tests. The writer moves the log into the file
/// when it has grown beyond `checkpoint_pages` (of 4 KiB). Others are waited for as long as `wait`;
/// then a StoreError says who has the store.
std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file,
                                         const char* vfs = nullptr, int checkpoint_pages = 2000,
                                         std::optional<Hashing> made_by = {},
                                         std::chrono::milliseconds wait = std::chrono::seconds(30));

/// Opens the store in `file` for reading: without its lock, changing nothing. Units of work see one
/// moment; writing throws StoreError. One of an older schema is read as it is. A copy that this
/// account may not write, with no log beside it, is read without anything being written beside it;
/// that somebody else writes it meanwhile shows at the next `begin` or `commit`.
std::unique_ptr<Store> read_sqlite_store(const std::filesystem::path& file,
                                         std::chrono::milliseconds wait = std::chrono::seconds(30),
                                         std::optional<Hashing> made_by = {},
                                         const char* vfs = nullptr);

}  // namespace workflow
