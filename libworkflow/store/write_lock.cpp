#include "write_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>
#include <workflow/ports.hpp>

namespace workflow::store {
namespace {

using std::chrono::steady_clock;

/// How long a waiter respects another's turn: that process may be stopped.
constexpr std::chrono::milliseconds turn_lasts{5000};
constexpr std::size_t record_bytes = 192;

std::filesystem::path lock_file(const std::filesystem::path& store) {
    return store.string() + "-lock";
}

std::string host() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

/// `name, process 12 on host, since 2026-03-02T01:30:00Z`, padded so that a shorter record
/// overwrites a longer one.
std::string record() {
    static const std::string who =
        fmt::format("{}, process {} on {}", program_invocation_short_name, getpid(), host());
    static const pid_t process = getpid();
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 32> moment{};
    std::strftime(moment.data(), moment.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    auto text = fmt::format(
        "{}, since {}",
        process == getpid()
            ? who
            : fmt::format("{}, process {} on {}", program_invocation_short_name, getpid(), host()),
        moment.data());
    text.resize(record_bytes - 1, ' ');
    return text + '\n';
}

std::string first_line(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    std::getline(file, line);
    return line.substr(0, record_bytes);
}

/// Returns the process that, according to the kernel, holds flock(2) on the file; 0: unknown.
pid_t kernel_says(const struct stat& file) {
    const auto wanted = fmt::format("{:02x}:{:02x}:{}", major(file.st_dev), minor(file.st_dev),
                                    static_cast<std::uint64_t>(file.st_ino));
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        std::istringstream words(line);
        std::string number, kind, advisory, mode, place;
        pid_t process = 0;
        words >> number >> kind >> advisory >> mode >> process >> place;
        if (kind == "FLOCK" && place == wanted && process > 0) return process;
    }
    return 0;
}

/// Returns a remark on the state of a process of this machine.
std::string state_of(pid_t process) {
    const auto line = first_line(fmt::format("/proc/{}/stat", process));
    const auto end = line.rfind(") ");
    if (end == std::string::npos || end + 2 >= line.size()) return {};
    const char state = line[end + 2];
    return state == 'T' || state == 't' ? " (it is stopped)" : "";
}

bool same(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

std::string lock_holder(const std::filesystem::path& store) {
    const auto path = lock_file(store);
    struct stat file {};
    if (::stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode)) return {};
    auto said = first_line(path.string());
    said.erase(said.find_last_not_of(' ') + 1);
    constexpr std::string_view mark = ", process ";
    const auto at = said.find(mark);
    const auto process =
        at == std::string::npos
            ? 0
            : static_cast<pid_t>(std::strtol(said.c_str() + at + mark.size(), nullptr, 10));
    const auto holder = kernel_says(file);
    if (holder > 0 && holder != process) {
        const auto name = first_line(fmt::format("/proc/{}/comm", holder));
        return fmt::format("{}process {}{}", name.empty() ? "" : name + ", ", holder,
                           state_of(holder));
    }
    if (said.empty()) return {};
    const bool here = said.find(fmt::format(" on {},", host())) != std::string::npos;
    return said + (here ? state_of(process) : std::string());
}

WriteLock::WriteLock(const std::filesystem::path& store, std::chrono::milliseconds wait)
    : store_(store), path_(lock_file(store)), wait_(wait) {
    open();
}

WriteLock::~WriteLock() {
    ::close(file_);
}

void WriteLock::open() {
    const int fresh = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat found {};
    if (fresh < 0 || ::fstat(fresh, &found) != 0 || !S_ISREG(found.st_mode)) {
        const std::string why = fresh < 0 ? std::strerror(errno) : "it is not a regular file";
        if (fresh >= 0) ::close(fresh);
        throw StoreError(
            fmt::format("the lock file {} cannot be opened: {}; writing requires an account that "
                        "may write the store and its lock",
                        path_.string(), why));
    }
    if (file_ >= 0) ::close(file_);
    file_ = fresh;
    make_private();
}

/// Restricts the file to the store's owner, and to its group if that may write the store. Leaves
/// what this account may not change.
void WriteLock::make_private() const {
    struct stat lock {
    }, store{};
    if (::fstat(file_, &lock) != 0) return;
    const bool there = ::stat(store_.c_str(), &store) == 0;
    const bool root = ::geteuid() == 0;
    const bool for_group = there && (store.st_mode & S_IWGRP) != 0;
    int ignored = 0;
    if (there && root && (lock.st_uid != store.st_uid || lock.st_gid != store.st_gid))
        ignored |= ::fchown(file_, store.st_uid, store.st_gid);
    else if (for_group && lock.st_gid != store.st_gid)
        ignored |= ::fchown(file_, static_cast<uid_t>(-1), store.st_gid);
    const mode_t mode = for_group ? 0660 : 0600;
    if ((lock.st_mode & 07777) != mode && (root || lock.st_uid == ::geteuid()))
        ignored |= ::fchmod(file_, mode);
    static_cast<void>(ignored);
}

/// Returns whether this is still the file that others find under the name.
bool WriteLock::in_place() const {
    struct stat mine {
    }, theirs{};
    return ::fstat(file_, &mine) == 0 && ::stat(path_.c_str(), &theirs) == 0 && same(mine, theirs);
}

bool WriteLock::try_turn() const {
    struct flock turn {};
    turn.l_type = F_WRLCK;
    turn.l_whence = SEEK_SET;
    turn.l_len = 1;
    return ::fcntl(file_, F_OFD_SETLK, &turn) == 0;
}

void WriteLock::give_turn() const noexcept {
    struct flock turn {};
    turn.l_type = F_UNLCK;
    turn.l_whence = SEEK_SET;
    turn.l_len = 1;
    ::fcntl(file_, F_OFD_SETLK, &turn);
}

void WriteLock::sign() const {
    const auto text = record();
    // The record of the holder helps others and is not required.
    static_cast<void>(::pwrite(file_, text.data(), text.size(), 0) == 0);
}

// Neither lock can be waited for with a timeout. Both are polled, more often by the process whose
// turn it is.
void WriteLock::take(std::chrono::milliseconds wait) {
    const auto begun = steady_clock::now();
    const auto respect = begun + std::min(wait / 2, turn_lasts);
    std::chrono::microseconds pause{50};
    bool turn = false;
    while (true) {
        if (!turn) turn = try_turn();
        if ((turn || steady_clock::now() >= respect) && ::flock(file_, LOCK_EX | LOCK_NB) == 0) {
            if (turn) give_turn();
            if (in_place()) return sign();
            open();  // the file was removed: others would lock another one
            turn = false;
            continue;
        }
        const auto waited = steady_clock::now() - begun;
        if (waited >= wait) {
            if (turn) give_turn();
            const auto holder = lock_holder(store_);
            throw StoreError(
                fmt::format("the store {} is in use by {}, which has not released it for {:.3g} s; "
                            "wait until it ends, or end it, and try again",
                            store_.string(), holder.empty() ? "another program" : holder,
                            std::chrono::duration<double>(waited).count()));
        }
        std::this_thread::sleep_for(pause);
        pause =
            std::min<std::chrono::microseconds>(pause * 2, std::chrono::milliseconds(turn ? 1 : 3));
    }
}

void WriteLock::release() noexcept {
    ::flock(file_, LOCK_UN);
}

}  // namespace workflow::store
