#pragma once

/// The file of a store in the file system. All functions throw StoreError.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

namespace workflow::store {

/// Returns the file that `name` leads to, as an absolute name without symbolic links. All names of
/// a store therefore lead to one lock and one log, and none has a special meaning to SQLite.
std::filesystem::path real_file(const std::filesystem::path& name);

/// Refuses a file with several names (hard links): SQLite would keep a separate log under each.
void refuse_second_name(const std::filesystem::path& file);

/// Refuses network and cluster file systems: WAL needs shared memory between processes and reliable
/// locks.
void refuse_network_file_system(const std::filesystem::path& file);

/// Returns whether nobody can be writing the file: this account may not, and no log lies beside it.
/// Such a copy is read without writing anything beside it.
bool stands_still(const std::filesystem::path& file);

/// Detects that the files of an open store were moved away, deleted or replaced. A commit would
/// then be acknowledged but be in no file of that name.
class FileWatch {
public:
    explicit FileWatch(const std::filesystem::path& file);

    /// Records the current files as those in use.
    void look();
    /// Throws StoreError unless the same files are in place.
    void check() const;

private:
    struct Place {
        std::string path;
        std::optional<std::pair<dev_t, ino_t>> file;
    };
    std::array<Place, 3> places_;  ///< the store, its log and the log's index
};

/// Detects that a file that is read as unchanging has been written.
class StillWatch {
public:
    explicit StillWatch(std::filesystem::path file);
    void check() const;

private:
    [[nodiscard]] std::string look() const;
    std::filesystem::path file_;
    std::string then_;
};

}  // namespace workflow::store
