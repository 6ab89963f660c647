#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace workflow::store {

/// One lock per store, held around every unit of work that writes and every checkpoint.
///
/// It makes waiting writers take turns (SQLite's own busy handler lets some starve), and it
/// prevents a checkpoint from running beside a commit of another connection, which in SQLite before
/// 3.51.3 can corrupt the file. It uses flock(2) on a separate file, so that SQLite's own locks on
/// the store are not affected.
///
/// A process that wants the lock first takes the turn, a lock of one byte of that file, and passes
/// it on together with the lock. A process that has just released the lock therefore cannot get it
/// again before one that waits. A process that is stopped while it has the turn delays others by
/// only a few seconds.
///
/// The file is accessible only to those who may write the store: whoever can open it can hold the
/// lock. It records who took the lock last, so that a waiter can name the holder.
class WriteLock {
public:
    /// `store`: the locked file, by its real name (`real_file`). Throws StoreError.
    WriteLock(const std::filesystem::path& store, std::chrono::milliseconds wait);
    ~WriteLock();
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;

    /// Waits for the lock as long as configured. Throws StoreError, which names the holder.
    void take() { take(wait_); }
    void take(std::chrono::milliseconds wait);
    void release() noexcept;

private:
    void open();
    void make_private() const;
    [[nodiscard]] bool in_place() const;
    [[nodiscard]] bool try_turn() const;
    void give_turn() const noexcept;
    void sign() const;

    std::filesystem::path store_, path_;
    std::chrono::milliseconds wait_;
    int file_ = -1;
};

/// Returns who holds the lock of the store, in words; empty: nobody, or unknown.
std::string lock_holder(const std::filesystem::path& store);

}  // namespace workflow::store
