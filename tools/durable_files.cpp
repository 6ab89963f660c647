#include "durable_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "command.hpp"

namespace workflow::tools {

Ledger::Ledger(const std::string& path, const OutputRules& rules) : path_(path) {
    const auto file = checked_output(path, rules);
    file_ = open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file_ < 0 || flock(file_, LOCK_EX) != 0) fail("cannot write");
}

Ledger::~Ledger() {
    if (file_ >= 0) close(file_);
}

std::string Ledger::read() const {
    std::string text;
    char buffer[65536];
    for (ssize_t got = 0;
         (got = pread(file_, buffer, sizeof buffer, static_cast<off_t>(text.size()))) != 0;) {
        if (got < 0) fail("cannot read");
        text.append(buffer, static_cast<std::size_t>(got));
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
