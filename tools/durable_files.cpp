#include "durable_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "command.hpp"

namespace workflow::tools {

namespace {

/// Other programs of this kind are done sooner; who has the file for longer may be stopped, or may
/// have no business with it.
constexpr std::chrono::seconds others_take{30};

}  // namespace

Ledger::Ledger(const std::string& path, const OutputRules& rules) : path_(path) {
    const auto file = checked_output(path, rules);
    file_ = open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file_ < 0) fail("cannot write");
    const auto until = std::chrono::steady_clock::now() + others_take;
    while (flock(file_, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        const bool locked = errno == EWOULDBLOCK;
        if (locked && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            continue;
        }
        close(std::exchange(file_, -1));
        if (locked)
            throw WorldError(fmt::format(
                "cannot write {}: another program has had it locked for {} s (`fuser -v {}` names "
                "it)",
                path_, others_take.count(), path_));
        fail("cannot write");
    }
}

Ledger::~Ledger() {
    if (file_ >= 0) close(file_);
}

std::string Ledger::read(std::size_t most) const {
    std::string text;
    char buffer[65536];
    for (ssize_t got = 0;
         (got = pread(file_, buffer, sizeof buffer, static_cast<off_t>(text.size()))) != 0;) {
        if (got < 0) fail("cannot read");
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > most)
            throw WorldError(
                fmt::format("{} is larger than the {} bytes that are read", path_, most));
    }
    return text;
}

void Ledger::write(std::string_view text) const {
    while (!text.empty()) {
        const auto written = ::write(file_, text.data(), text.size());
        if (written < 0) fail("cannot write");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (fsync(file_) != 0) fail("cannot write");
}

void Ledger::fail(const char* what) const {
    throw WorldError(fmt::format("{} {}: {}", what, path_, std::strerror(errno)));
}

}  // namespace workflow::tools
