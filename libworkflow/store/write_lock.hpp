#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace workflow::store {

/// One lock a store, held around every unit of work that writes and every checkpoint.
///
/// It makes waiting writers take turns (SQLite's own busy handler lets some starve), and it keeps a
/// checkpoint from running beside a commit of another connection, which SQLite before 3.51.3 can
/// answer with a corrupt file. flock(2) on a file of its own, so that SQLite's own locks on the
/// store are not touched.
///
/// Who wants it takes the turn first, a lock of one byte of that file, and gives it on with the
/// lock: so who has just released the lock cannot have it again before one who waits. A process
/// that is stopped while it has the turn holds the others up for some seconds only.
///
/// The file is for those alone who may write the store: whoever can open it can hold the lock. It
/// says who took the lock last, so that one who waits in vain can say who has it.
class WriteLock {
public:
    /// `store`: the file that is locked, by its real name (`real_file`). Throws StoreError.
    WriteLock(const std::filesystem::path& store, std::chrono::milliseconds wait);
    ~WriteLock();
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;

    /// Waits for it as long as was said. Throws StoreError, which names the holder.
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

/// Who has the lock of the store, in words; empty: nobody has, or nobody can be named.
std::string lock_holder(const std::filesystem::path& store);

}  // namespace workflow::store
