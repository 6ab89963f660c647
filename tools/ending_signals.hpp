#pragma once

/// Signals that ask a running command to end: SIGTERM by the service manager, SIGINT by Ctrl-C.

#include <chrono>
#include <csignal>
#include <filesystem>

namespace workflow::tools {

/// As long as this lives the two signals end nothing: whatever runs is finished first. For
/// processes of one thread.
class EndingSignals {
public:
    EndingSignals();
    /// Restores the earlier effect of the signals; signals that arrived meanwhile are discarded.
    ~EndingSignals();
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;

    /// Sleeps until `moment`, or until one comes, which may have been before the call. Answers
    /// whether one came.
    [[nodiscard]] bool come_before(std::chrono::steady_clock::time_point moment) const;

private:
    sigset_t signals_{}, before_{};
};

/// For commands that work in steps, on any number of threads: as long as this lives, the first of
/// the two signals is only remembered, so that the current step is finished. A second one ends the
/// program at once. One at a time.
class StopRequest {
public:
    StopRequest();
    ~StopRequest();
    StopRequest(const StopRequest&) = delete;
    StopRequest& operator=(const StopRequest&) = delete;

    [[nodiscard]] static bool asked();

private:
    struct sigaction term_ {
    }, int_{};
};

/// For commands that are simply ended: as long as this lives, either signal takes an unfinished
/// file away before it ends the program. Does nothing beside a StopRequest or EndingSignals. One at
/// a time.
class RemovedBySignal {
public:
    explicit RemovedBySignal(const std::filesystem::path& file);
    ~RemovedBySignal();
    RemovedBySignal(const RemovedBySignal&) = delete;
    RemovedBySignal& operator=(const RemovedBySignal&) = delete;

private:
    bool installed_ = false;
    struct sigaction term_ {
    }, int_{};
};

}  // namespace workflow::tools
