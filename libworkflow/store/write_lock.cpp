#include "write_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <workflow/ports.hpp>

namespace workflow::store {

WriteLock::WriteLock(const std::filesystem::path& file)
    : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (file_ < 0)
        throw StoreError(fmt::format("the lock file {} cannot be opened: {}", file.string(),
                                     std::strerror(errno)));
}

WriteLock::~WriteLock() {
    ::close(file_);
}

void WriteLock::take() {
    const auto wait_for = [](const auto& lock) {
        while (lock() != 0)
            if (errno != EINTR)
                throw StoreError(
                    fmt::format("the store cannot be locked: {}", std::strerror(errno)));
    };
    struct flock turn {};
    turn.l_type = F_WRLCK;
    turn.l_whence = SEEK_SET;
    turn.l_len = 1;
    wait_for([&] { return ::fcntl(file_, F_OFD_SETLKW, &turn); });
    turn.l_type = F_UNLCK;
    try {
        wait_for([&] { return ::flock(file_, LOCK_EX); });
    } catch (...) {
        ::fcntl(file_, F_OFD_SETLK, &turn);
        throw;
    }
    ::fcntl(file_, F_OFD_SETLK, &turn);
}

void WriteLock::release() noexcept {
    ::flock(file_, LOCK_UN);
}

}  // namespace workflow::store
