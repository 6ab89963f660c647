#pragma once

/// Callers share a commit and are each answered after it is durable.
///
/// Whoever finds the store free takes all that waits, up to a bound, carries it out in one unit of
/// work and commits; the others wait for their answers (the leader and followers of LevelDB's
/// writers). Commands that were submitted without waiting are led by a thread of our own, which
/// starts with the first of them.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "unit.hpp"

namespace workflow::shell {

class GroupCommit {
public:
    using Answered = std::function<void(Expected<Answer>, std::exception_ptr)>;

    explicit GroupCommit(Workplace& place);
    ~GroupCommit();
    GroupCommit(const GroupCommit&) = delete;
    GroupCommit& operator=(const GroupCommit&) = delete;

    /// Carries out `work` in a shared unit of work; returns when that is durable. A BrokenCase
    /// concerns this caller alone; any other exception loses the whole group.
    void perform(const std::function<void(Unit&)>& work);
    void submit(CaseNumber number, Command command, Answered answered);
    void drain();
    /// Runs `work` with the store to itself, outside any unit of work.
    void alone(const std::function<void()>& work);

private:
    struct Waiting;
    using Queue = std::deque<std::unique_ptr<Waiting>>;

    void lead(std::unique_lock<std::mutex>& lock);
    void carry_out(std::vector<std::unique_ptr<Waiting>>& group);
    void run_submitted();

    Workplace& place_;
    std::mutex mutex_;
    std::condition_variable changed_;    // a group was answered, or the store became free
    std::condition_variable submitted_;  // wakes our own thread
    Queue queue_;
    bool leading_ = false;
    bool stopping_ = false;
    std::uint64_t arrived_ = 0, answered_ = 0;
    std::thread thread_;
};

}  // namespace workflow::shell
