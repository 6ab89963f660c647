#pragma once

/// A SQLite VFS over the default one that counts what changes the disk, can fail from the k-th such
/// operation on, and can keep a log of them, so that a power cut at any point can be played.

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace workflow::testing {

class FaultyDisk {
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    [[nodiscard]] const char* name() const { return name_.c_str(); }

    /// One write, truncation, sync or removal; or, put in by the test, that work was acknowledged.
    struct Operation {
        enum class Kind { write, truncate, sync, remove, acknowledged };
        Kind kind = Kind::write;
        std::string file;  ///< without its folder
        std::int64_t offset = 0;
        std::string bytes;
    };

    /// The operation with this number (from 0) fails with `code`, and all later ones if `lasting`.
    void fail_at(std::uint64_t operation, int code, bool lasting);
    void heal() { failing_.reset(); }

    std::uint64_t operations = 0;
    std::uint64_t syncs = 0;
    bool failed = false;  ///< an operation did
    bool logs = false;
    std::vector<Operation> log;

    /// Counts the operation. SQLITE_OK, or the code to fail with.
    int meet(Operation operation);
    [[nodiscard]] sqlite3_vfs* real() const { return real_; }

private:
    std::string name_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    std::optional<std::uint64_t> failing_;
    int code_ = SQLITE_IOERR;
    bool lasting_ = false;
};

/// A disk that loses power. What was synced is there; of what was written since, each piece of 512
/// bytes is there or not, by `chance`.
class DiskImage {
public:
    /// `lying`: the disk answers a sync without doing it. To see that the test would notice.
    explicit DiskImage(bool lying) : lying_(lying) {}
    void take(const FaultyDisk::Operation& operation);
    /// Writes the files as a power cut would leave them now.
    void cut_power(const std::filesystem::path& folder, std::uint64_t chance) const;

private:
    struct File {
        std::string durable;
        std::vector<FaultyDisk::Operation> pending;
    };
    static void carry_out(const FaultyDisk::Operation& operation, std::string& bytes);

    bool lying_;
    std::map<std::string, File> files_;
};

}  // namespace workflow::testing
