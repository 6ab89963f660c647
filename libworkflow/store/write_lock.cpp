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
    while (::flock(file_, LOCK_EX) != 0)
        if (errno != EINTR)
            throw StoreError(fmt::format("the store cannot be locked: {}", std::strerror(errno)));
}

void WriteLock::release() noexcept {
    ::flock(file_, LOCK_UN);
}

}  // namespace workflow::store
