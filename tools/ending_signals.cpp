#include "ending_signals.hpp"

#include <algorithm>

namespace workflow::tools {

// Blocked and waited for, not handled: no system call of a round is ever interrupted.
EndingSignals::EndingSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
}

EndingSignals::~EndingSignals() {
    // A second Ctrl-C must not kill what has ended well.
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

}  // namespace workflow::tools
