#pragma once

/// Lets callers share a commit and answers each after it is durable.
///
/// A caller that finds no leader takes all waiting commands, up to a bound, and leads them as one
/// group. The group is decided in memory, then written and committed, then answered. The three
/// stages work at once on three groups and pass them on in order, so that a group is decided while
/// the one before it is written (LevelDB's leader and followers, with a pipeline behind). Commands
/// that were submitted without waiting are led by threads of this class, which start with the first
/// such command.

#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

class GroupCommit {
public:
    using Answered = std::function<void(Expected<Answer>, std::exception_ptr)>;

    explicit GroupCommit(EngineContext& place);
    ~GroupCommit();
    GroupCommit(const GroupCommit&) = delete;
    GroupCommit& operator=(const GroupCommit&) = delete;

    /// Carries out a command, or `work`, in a shared transaction; returns when it is durable. A
    /// BrokenCase affects this caller alone; any other exception loses the whole group.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    void perform(std::function<void(Transaction&)> work);
    /// Answers one at a time, in the order of the commits. Exceptions from `answered` are kept for
    /// `drain`.
    void submit(CaseNumber number, Command command, Answered answered);
    /// Throws, once, the first exception that an `answered` has thrown since the last `drain`.
    void drain();
    /// Runs `work` with exclusive use of context and store, outside any transaction.
    void alone(const std::function<void()>& work);

    // Every member throws std::logic_error on a thread that is inside work or an answer of the same
    // engine, since it would wait for itself.

private:
    struct Waiting;
    class Inside;
    using Group = std::vector<std::shared_ptr<Waiting>>;
    using Lock = std::unique_lock<std::mutex>;

    void refuse_inside() const;
    void enqueue(std::shared_ptr<Waiting> waiting);
    void wait_for(const std::shared_ptr<Waiting>& waiting);
    void run_submitted();
    void lead(Lock& lock);
    void collect(Transaction& unit, Group& group, Lock& lock);
    void stop_leading();
    void answer(const Group& group, const std::exception_ptr& lost);

    EngineContext& context_;
    std::mutex mutex_;
    std::condition_variable changed_;    // a stage became free, or a group was answered
    std::condition_variable submitted_;  // wakes the threads of this class
    std::condition_variable joined_;     // wakes a leader that waits for the store
    std::deque<std::shared_ptr<Waiting>> queue_;
    bool leading_ = false;    // a group is being decided: the context's memory is in use
    bool writing_ = false;    // a group is being written: the store is in use
    bool answering_ = false;  // a group is being answered
    bool stopping_ = false;
    std::uint64_t arrived_ = 0, answered_ = 0;
    std::exception_ptr thrown_;           // the exception of an `answered`, for `drain`
    std::array<std::thread, 2> threads_;  // one decides while the other writes
};

}  // namespace workflow::shell
