#include "group_commit.hpp"

namespace workflow::shell {

struct GroupCommit::Waiting {
    // A blocking caller's work; it outlives the wait, so a pointer is enough.
    const std::function<void(Unit&)>* work = nullptr;
    bool* done = nullptr;
    std::exception_ptr* failure = nullptr;

    // A submitted command.
    CaseNumber number;
    Command command;
    Answered answered;
    std::optional<Expected<Answer>> answer;
    std::exception_ptr own_failure;
};

GroupCommit::GroupCommit(Workplace& place) : place_(place) {}

GroupCommit::~GroupCommit() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    submitted_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void GroupCommit::perform(const std::function<void(Unit&)>& work) {
    bool done = false;
    std::exception_ptr failure;
    auto waiting = std::make_unique<Waiting>();
    waiting->work = &work;
    waiting->done = &done;
    waiting->failure = &failure;

    std::unique_lock lock(mutex_);
    queue_.push_back(std::move(waiting));
    ++arrived_;
    while (!done) {
        if (leading_)
            changed_.wait(lock);
        else
            lead(lock);
    }
    if (failure) std::rethrow_exception(failure);
}

void GroupCommit::submit(CaseNumber number, Command command, Answered answered) {
    auto waiting = std::make_unique<Waiting>();
    waiting->number = std::move(number);
    waiting->command = std::move(command);
    waiting->answered = std::move(answered);
    bool idle = false;
    {
        const std::lock_guard lock(mutex_);
        if (!thread_.joinable()) thread_ = std::thread([this] { run_submitted(); });
        idle = queue_.empty();
        queue_.push_back(std::move(waiting));
        ++arrived_;
    }
    if (idle) submitted_.notify_one();
}

void GroupCommit::drain() {
    std::unique_lock lock(mutex_);
    const auto target = arrived_;
    changed_.wait(lock, [&] { return answered_ >= target; });
}

void GroupCommit::alone(const std::function<void()>& work) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !leading_; });
    leading_ = true;
    lock.unlock();
    std::exception_ptr failure;
    try {
        work();
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    leading_ = false;
    changed_.notify_all();
    submitted_.notify_one();
    lock.unlock();
    if (failure) std::rethrow_exception(failure);
}

void GroupCommit::run_submitted() {
    std::unique_lock lock(mutex_);
    while (true) {
        submitted_.wait(lock, [&] { return stopping_ || (!queue_.empty() && !leading_); });
        if (queue_.empty() && stopping_) return;
        if (!leading_ && !queue_.empty())
            lead(lock);
        else
            changed_.wait(lock, [&] { return !leading_; });
    }
}

/// Takes a group off the queue, carries it out without the lock, and answers.
void GroupCommit::lead(std::unique_lock<std::mutex>& lock) {
    std::vector<std::unique_ptr<Waiting>> group;
    while (!queue_.empty() && group.size() < place_.options.largest_group) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    leading_ = true;
    lock.unlock();
    carry_out(group);
    for (const auto& waiting : group)
        if (waiting->answered)
            waiting->answered(
                waiting->answer ? std::move(*waiting->answer) : Expected<Answer>(Refusal{}),
                waiting->own_failure);
    lock.lock();
    leading_ = false;
    answered_ += group.size();
    for (const auto& waiting : group)
        if (waiting->done) *waiting->done = true;
    changed_.notify_all();
    if (!queue_.empty()) submitted_.notify_one();
}

void GroupCommit::carry_out(std::vector<std::unique_ptr<Waiting>>& group) {
    const auto fail = [](Waiting& waiting, const std::exception_ptr& why) {
        if (waiting.failure)
            *waiting.failure = why;
        else
            waiting.own_failure = why;
    };
    try {
        Unit unit(place_);
        for (const auto& waiting : group) {
            try {
                if (waiting->work)
                    (*waiting->work)(unit);
                else
                    waiting->answer = unit.perform(waiting->number, waiting->command);
            } catch (const BrokenCase&) {
                // Nothing was written for it: the others' work stands.
                fail(*waiting, std::current_exception());
            }
        }
        unit.commit();
    } catch (...) {
        for (const auto& waiting : group) fail(*waiting, std::current_exception());
    }
}

}  // namespace workflow::shell
