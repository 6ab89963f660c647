#pragma once

/// The file of a store among the names of a file system. Everything here throws StoreError.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

namespace workflow::store {

/// The file that `name` leads to, as an absolute name without symbolic links: all names of a store
/// lead to one lock and one log, and none means to SQLite something else than a file.
std::filesystem::path real_file(const std::filesystem::path& name);

/// Refuses a file with several names (hard links): SQLite would keep another log under each.
void refuse_second_name(const std::filesystem::path& file);

/// WAL needs memory shared between processes and locks that hold, which network and cluster file
/// systems do not give.
void refuse_network_file_system(const std::filesystem::path& file);

/// Whether nobody can be writing the file: this account may not, and no log lies beside it. Such a
/// copy is read without anything being written beside it.
bool stands_still(const std::filesystem::path& file);

/// Notices that the files of an open store were moved away, deleted or replaced: what is committed
/// then would be acknowledged and be in no file of that name.
class FileWatch {
public:
    explicit FileWatch(const std::filesystem::path& file);

    /// Takes the files that stand there now for those in use.
    void look();
    /// Throws StoreError unless the same files stand there.
    void check() const;

private:
    struct Place {
        std::string path;
        std::optional<std::pair<dev_t, ino_t>> file;
    };
    std::array<Place, 3> places_;  ///< the store, its log and the log's index
};

/// Notices that a file that is read as one that stands still has been written.
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
