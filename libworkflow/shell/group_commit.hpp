#pragma once

/// Callers share a commit and are each answered after it is durable.
///
/// Whoever finds nobody leading takes all that waits, up to a bound, and leads it as one group: it
/// is decided in memory, then written and committed, then answered. The three stations work at
/// once on three groups, each handing over to the next in order, so that a group is decided while
/// the one before it is written (LevelDB's leader and followers, with a pipeline behind). Commands
/// that were submitted without waiting are led by threads of our own, which start with the first
/// of them.

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

    /// Carries out a command, or `work`, in a shared unit of work; returns when that is durable. A
    /// BrokenCase concerns this caller alone; any other exception loses the whole group.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    void perform(std::function<void(Transaction&)> work);
    /// Answers come one after the other, in the order of the commits. What `answered` throws is
    /// kept for `drain`.
    void submit(CaseNumber number, Command command, Answered answered);
    /// Throws, once, the first exception that an `answered` has thrown since the last `drain`.
    void drain();
    /// Runs `work` with workplace and store to itself, outside any unit of work.
    void alone(const std::function<void()>& work);

    // Every member throws std::logic_error on a thread that is inside work or an answer of the same
    // engine: it would wait for itself.

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
    std::condition_variable changed_;    // a station became free, or a group was answered
    std::condition_variable submitted_;  // wakes our own threads
    std::condition_variable joined_;     // wakes a leader that waits for the store
    std::deque<std::shared_ptr<Waiting>> queue_;
    bool leading_ = false;    // a group is being decided: the workplace's memory is taken
    bool writing_ = false;    // a group is being written: the store is taken
    bool answering_ = false;  // a group is being answered
    bool stopping_ = false;
    std::uint64_t arrived_ = 0, answered_ = 0;
    std::exception_ptr thrown_;           // by an `answered`, for `drain`
    std::array<std::thread, 2> threads_;  // one decides while the other writes
};

}  // namespace workflow::shell
