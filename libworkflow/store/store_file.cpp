#include "store_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <workflow/ports.hpp>

namespace workflow::store {
namespace {

std::optional<std::pair<dev_t, ino_t>> file_at(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return std::pair{found.st_dev, found.st_ino};
}

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view why) {
    throw StoreError(fmt::format("the store {}: {}", file.string(), why));
}

}  // namespace

std::filesystem::path real_file(const std::filesystem::path& name) {
    namespace fs = std::filesystem;
    if (name.empty()) throw StoreError("the store has no name");
    std::error_code failed;
    auto file = name;
    // A link to a file that is to be created also leads there.
    for (int links = 0; fs::is_symlink(file, failed) && !fs::exists(file, failed); ++links) {
        if (links == 40) fail(name, std::strerror(ELOOP));
        const auto target = fs::read_symlink(file, failed);
        if (failed) fail(name, failed.message());
        file = target.is_absolute() ? target : file.parent_path() / target;
    }
    if (fs::exists(file, failed)) {
        auto real = fs::canonical(file, failed);
        if (failed) fail(name, failed.message());
        return real;
    }
    const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const auto real = fs::canonical(folder, failed);
    if (failed) fail(name, failed.message());
    if (!file.has_filename()) fail(name, "the name is that of a folder");
    return real / file.filename();
}

void refuse_second_name(const std::filesystem::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink > 1)
        fail(file, fmt::format("the file has {} names (hard links), each of which would have its "
                               "own log and lock; remove the others, or copy the file",
                               found.st_nlink));
}

void refuse_network_file_system(const std::filesystem::path& file) {
    struct statfs system {};
    if (statfs(file.parent_path().c_str(), &system) != 0) fail(file, std::strerror(errno));
    // NFS, SMB (three generations), 9p, Ceph, AFS (two), Coda, Lustre, OCFS2, GFS2.
    constexpr std::array<unsigned, 12> network{0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                               0x01021997, 0x00C36400, 0x5346414F, 0x6B414653,
                                               0x73757245, 0x0BD00BD0, 0x7461636F, 0x01161970};
    for (const auto kind : network)
        if (static_cast<unsigned>(system.f_type) == kind)
            throw StoreError(
                fmt::format("the store {} is on a network file system, where SQLite's log is not "
                            "safe; use a local disk",
                            file.string()));
}

bool stands_still(const std::filesystem::path& file) {
    struct stat found {
    }, beside{};
    if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return false;
    if (::stat((file.string() + "-shm").c_str(), &beside) == 0) return false;
    if (::stat((file.string() + "-wal").c_str(), &beside) == 0 && beside.st_size > 0) return false;
    if ((found.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) return true;
    return ::access(file.parent_path().c_str(), W_OK) != 0 && ::access(file.c_str(), W_OK) != 0;
}

FileWatch::FileWatch(const std::filesystem::path& file)
    : places_{Place{file.string(), {}}, Place{file.string() + "-wal", {}},
              Place{file.string() + "-shm", {}}} {}

void FileWatch::look() {
    for (auto& place : places_) place.file = file_at(place.path);
}

void FileWatch::check() const {
    for (const auto& place : places_)
        if (const auto now = file_at(place.path); now != place.file)
            throw StoreError(
                fmt::format("the store's file {} was {} while the store was open, so changes would "
                            "be lost; put it back, or reopen the store",
                            place.path, now ? "replaced by another" : "moved away or deleted"));
}

StillWatch::StillWatch(std::filesystem::path file) : file_(std::move(file)), then_(look()) {}

std::string StillWatch::look() const {
    struct stat found {
    }, log{};
    if (::stat(file_.c_str(), &found) != 0) return "gone";
    const bool logged = ::stat((file_.string() + "-wal").c_str(), &log) == 0 && log.st_size > 0;
    return fmt::format("{} {} {} {} {} {}", found.st_dev, found.st_ino, found.st_size,
                       found.st_mtim.tv_sec, found.st_mtim.tv_nsec, logged);
}

void StillWatch::check() const {
    if (look() != then_)
        throw StoreError(fmt::format(
            "the store {} was written while it was read as an unchanging copy; read it again",
            file_.string()));
}

}  // namespace workflow::store
