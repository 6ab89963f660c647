#include "ending_signals.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace workflow::tools {

// Blocked and waited for, not handled: no system call of a round is ever interrupted.
EndingSignals::EndingSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
}

EndingSignals::~EndingSignals() {
    // A second Ctrl-C must not kill a command that has ended normally.
    while (come_before({})) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool EndingSignals::come_before(std::chrono::steady_clock::time_point moment) const {
    using namespace std::chrono;
    while (true) {
        const auto left =
            std::max(ceil<nanoseconds>(moment - steady_clock::now()), nanoseconds::zero());
        const auto whole = duration_cast<seconds>(left);
        const timespec wait{whole.count(), (left - whole).count()};
        if (sigtimedwait(&signals_, nullptr, &wait) > 0) return true;
        if (left == nanoseconds::zero()) return false;
    }
}

namespace {

volatile std::sig_atomic_t stop_asked = 0;
std::array<char, 4096> unfinished{};

void remember(int) {
    stop_asked = 1;
}

void remove_and_end(int signal) {
    unlink(unfinished.data());
    std::signal(signal, SIG_DFL);
    (void)raise(signal);
}

/// Handles a signal once; the next one has its default effect. System calls are restarted.
/// A process that ignores the signal, such as a background job of a shell, keeps ignoring it.
struct sigaction handle_once(int signal, void (*handler)(int)) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) return before;
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigaction(signal, &action, nullptr);
    return before;
}

}  // namespace

StopRequest::StopRequest() {
    stop_asked = 0;
    term_ = handle_once(SIGTERM, remember);
    int_ = handle_once(SIGINT, remember);
}

StopRequest::~StopRequest() {
    sigaction(SIGTERM, &term_, nullptr);
    sigaction(SIGINT, &int_, nullptr);
}

bool StopRequest::asked() {
    return stop_asked != 0;
}

RemovedBySignal::RemovedBySignal(const std::filesystem::path& file) {
    const auto& name = file.native();
    struct sigaction now {};
    sigaction(SIGTERM, nullptr, &now);
    if (name.size() >= unfinished.size() || now.sa_handler != SIG_DFL) return;
    std::copy(name.begin(), name.end(), unfinished.begin());
    unfinished.at(name.size()) = '\0';
    installed_ = true;
    term_ = handle_once(SIGTERM, remove_and_end);
    int_ = handle_once(SIGINT, remove_and_end);
}

RemovedBySignal::~RemovedBySignal() {
    if (!installed_) return;
    sigaction(SIGTERM, &term_, nullptr);
    sigaction(SIGINT, &int_, nullptr);
}

}  // namespace workflow::tools
