#pragma once

#include <filesystem>

namespace workflow::store {

/// One lock a store, held around every write and every checkpoint.
///
/// It makes waiting writers take turns (SQLite's own busy handler lets some starve), and it keeps a
/// checkpoint from running beside a commit of another connection, which SQLite before 3.51.3 can
/// answer with a corrupt file. flock(2) on a file of its own, so that SQLite's own locks on the
/// store are not touched.
///
/// Whoever wants it first takes the turn, a lock of one byte of that file, and gives it on once he
/// has the lock: so whoever has just released it cannot have it again before one who waits.
class WriteLock {
public:
    explicit WriteLock(const std::filesystem::path& file);
    ~WriteLock();
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;

    void take();
    void release() noexcept;

private:
    int file_;
};

}  // namespace workflow::store
