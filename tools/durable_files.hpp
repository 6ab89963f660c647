#pragma once

/// Files that must be whole on the disk, or not be there: keys, checkpoints, what is published,
/// what is written over. Everything here throws WorldError with the file's name.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace workflow::tools {

/// A file for writing at its end, by one process at a time.
class Ledger {
public:
    /// `flags` of open(2), beside O_CREAT; `mode` of a file that is made.
    Ledger(const std::string& path, int flags, mode_t mode);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// Throws where it has more than `most` bytes.
    [[nodiscard]] std::string read(std::size_t most) const;
    /// Returns when `text` is on the disk.
    void write(std::string_view text) const;

private:
    [[noreturn]] void fail(const char* what) const;
    std::string path_;
    int file_;
};

/// A file that comes to its name only when it is whole; what stood there stays until then. Whatever
/// is written goes to `part`.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path file);
    ~Unfinished();
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] const std::filesystem::path& part() const { return part_; }
    /// Returns when it is on the disk under its name.
    void finish();

private:
    std::filesystem::path file_, part_;
    bool finished_ = false;
};

}  // namespace workflow::tools
