#include "group_commit.hpp"

#include <stdexcept>
#include <utility>

#include "executor.hpp"

namespace workflow::shell {
namespace {

/// The number of commands for which a leader that waits for the store is woken at once.
constexpr std::size_t handful = 16;

}  // namespace

/// Marks the thread for as long as it runs something inside an engine.
class GroupCommit::Inside {
public:
    enum class What : std::uint8_t { work, answer };

    Inside(const GroupCommit& of, What what) : of_(of), what_(what), outer_(innermost) {
        innermost = this;
    }
    ~Inside() { innermost = outer_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    /// Searches all engines that the thread is inside of: one may call another.
    static const Inside* find(const GroupCommit& of) {
        const auto* inside = innermost;
        while (inside && &inside->of_ != &of) inside = inside->outer_;
        return inside;
    }
    [[nodiscard]] What what() const { return what_; }

private:
    static thread_local const Inside* innermost;
    const GroupCommit& of_;
    What what_;
    const Inside* outer_;
};

thread_local const GroupCommit::Inside* GroupCommit::Inside::innermost = nullptr;

struct GroupCommit::Waiting {
    std::function<void(Transaction&)> work;  // empty: the command
    CaseNumber number;
    Command command;

    std::optional<Expected<Answer>> answer;
    std::exception_ptr failure;
    Answered answered;  // of a submitted command; else a caller waits for `done`
    bool taken = false, done = false;

    void carry_out(Transaction& unit) {
        failure = nullptr;
        try {
            if (work) {
                // A caller's work cannot be repeated, so its basis must be confirmed first.
                unit.begin();
                work(unit);
            } else {
                answer = Executor(unit).perform(number, command);
            }
        } catch (const BrokenCase&) {
            // Nothing was written for it: the others' work is still valid.
            failure = std::current_exception();
        }
    }
};

GroupCommit::GroupCommit(EngineContext& place) : context_(place) {}

GroupCommit::~GroupCommit() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    submitted_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void GroupCommit::refuse_inside() const {
    const auto* inside = Inside::find(*this);
    if (!inside) return;
    throw std::logic_error(
        inside->what() == Inside::What::work
            ? "the engine was called from inside its own work: use the session that `transact` "
              "hands to the work, or call the engine when the work has returned"
            : "the engine was called from the callback of a submitted command: let the callback "
              "pass the answer on, and call the engine from another thread");
}

Expected<Answer> GroupCommit::perform(const CaseNumber& number, const Command& command) {
    auto waiting = std::make_shared<Waiting>();
    waiting->number = number;
    waiting->command = command;
    wait_for(waiting);
    return std::move(*waiting->answer);
}

void GroupCommit::perform(std::function<void(Transaction&)> work) {
    auto waiting = std::make_shared<Waiting>();
    waiting->work = std::move(work);
    wait_for(waiting);
}

void GroupCommit::wait_for(const std::shared_ptr<Waiting>& waiting) {
    refuse_inside();
    Lock lock(mutex_);
    enqueue(waiting);
    while (!waiting->done) {
        if (waiting->taken || leading_)
            changed_.wait(lock);
        else
            lead(lock);
    }
    if (waiting->failure) std::rethrow_exception(waiting->failure);
}

void GroupCommit::submit(CaseNumber number, Command command, Answered answered) {
    refuse_inside();
    auto waiting = std::make_shared<Waiting>();
    waiting->number = std::move(number);
    waiting->command = std::move(command);
    waiting->answered = std::move(answered);
    const std::lock_guard lock(mutex_);
    for (auto& thread : threads_)
        if (!thread.joinable()) thread = std::thread([this] { run_submitted(); });
    enqueue(std::move(waiting));
    if (!leading_) submitted_.notify_one();
}

void GroupCommit::enqueue(std::shared_ptr<Waiting> waiting) {
    queue_.push_back(std::move(waiting));
    ++arrived_;
    if (queue_.size() == handful) joined_.notify_one();
}

void GroupCommit::drain() {
    refuse_inside();
    Lock lock(mutex_);
    const auto target = arrived_;
    changed_.wait(lock, [&] { return answered_ >= target; });
    if (auto thrown = std::exchange(thrown_, nullptr)) std::rethrow_exception(thrown);
}

void GroupCommit::alone(const std::function<void()>& work) {
    refuse_inside();
    Lock lock(mutex_);
    changed_.wait(lock, [&] { return !leading_; });
    leading_ = true;
    changed_.wait(lock, [&] { return !writing_; });
    lock.unlock();
    std::exception_ptr failure;
    try {
        const Inside inside(*this, Inside::What::work);
        work();
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    stop_leading();
    lock.unlock();
    if (failure) std::rethrow_exception(failure);
}

void GroupCommit::run_submitted() {
    Lock lock(mutex_);
    while (true) {
        submitted_.wait(lock, [&] { return (stopping_ || !queue_.empty()) && !leading_; });
        if (queue_.empty()) return;
        lead(lock);
    }
}

/// Takes a group off the queue and runs it through all stages. Called and left with the lock held.
void GroupCommit::lead(Lock& lock) {
    Group group;
    std::exception_ptr lost;
    bool writes = false;
    leading_ = true;
    {
        Transaction unit(context_, [&] {
            Lock own(mutex_);
            changed_.wait(own, [&] { return !writing_; });
            writing_ = writes = true;
        });
        try {
            collect(unit, group, lock);
        } catch (...) {
            lost = std::current_exception();
        }
        if (!lock.owns_lock()) lock.lock();
        stop_leading();
        lock.unlock();
        if (!lost) try {
                unit.commit();
            } catch (...) {
                lost = std::current_exception();
            }
    }
    lock.lock();
    // Taken before the store is free for the next group, so that answers keep the commits' order.
    changed_.wait(lock, [&] { return !answering_; });
    answering_ = true;
    if (writes) writing_ = false;
    changed_.notify_all();
    joined_.notify_one();
    lock.unlock();
    answer(group, lost);
    lock.lock();
    answering_ = false;
    answered_ += group.size();
    for (const auto& waiting : group) waiting->done = true;
    changed_.notify_all();
}

/// Decides the waiting commands, and those that arrive while the previous group is written; then
/// begins.
void GroupCommit::collect(Transaction& unit, Group& group, Lock& lock) {
    const auto largest = context_.options.largest_group;
    const auto decide = [&](std::size_t from) {
        const Inside inside(*this, Inside::What::work);
        try {
            for (auto i = from; i < group.size(); ++i) group[i]->carry_out(unit);
        } catch (const Outdated&) {
            for (const auto& waiting : group) waiting->carry_out(unit);
        }
    };
    const auto complete = [&] { return !writing_ || unit.in_store() || group.size() >= largest; };
    do {
        const auto from = group.size();
        const auto most = std::min(largest, writing_ ? from + handful : largest);
        while (!queue_.empty() && group.size() < most) {
            queue_.front()->taken = true;
            group.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        lock.unlock();
        decide(from);
        lock.lock();
        joined_.wait(lock, [&] { return complete() || queue_.size() >= handful; });
    } while (!complete());
    lock.unlock();
    try {
        unit.begin();
    } catch (const Outdated&) {
        decide(0);
    }
}

/// Allows the next group to be decided.
void GroupCommit::stop_leading() {
    leading_ = false;
    changed_.notify_all();
    if (!queue_.empty() || stopping_) submitted_.notify_one();
}

void GroupCommit::answer(const Group& group, const std::exception_ptr& lost) {
    for (const auto& waiting : group) {
        if (lost) waiting->failure = lost;
        if (!waiting->answered) continue;
        const bool failed = waiting->failure != nullptr;
        try {
            const Inside inside(*this, Inside::What::answer);
            waiting->answered(failed ? Expected<Answer>(Refusal{}) : std::move(*waiting->answer),
                              waiting->failure);
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!thrown_) thrown_ = std::current_exception();
        }
    }
}

}  // namespace workflow::shell
