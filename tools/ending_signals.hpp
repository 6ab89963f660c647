#pragma once

/// Asking a command that goes on for its end: SIGTERM by the service manager, SIGINT by Ctrl-C.

#include <chrono>
#include <csignal>

namespace workflow::tools {

/// As long as this lives the two signals end nothing: whatever runs is finished first. For
/// processes of one thread.
class EndingSignals {
public:
    EndingSignals();
    /// From here on they do what they did before; those that came meanwhile are forgotten.
    ~EndingSignals();
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;

    /// Sleeps until `moment`, or until one comes, which may have been before the call. Answers
    /// whether one came.
    [[nodiscard]] bool come_before(std::chrono::steady_clock::time_point moment) const;

private:
    sigset_t signals_{}, before_{};
};

}  // namespace workflow::tools
