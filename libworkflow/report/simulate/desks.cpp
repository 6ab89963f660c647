// The officers of a simulated hall: who takes which task, and when they have completed it.

#include <algorithm>

#include <fmt/format.h>

#include "hall.hpp"

namespace workflow::report {

std::size_t PlayedHall::officer_of(const OfficerId& id) const {
    if (id.empty()) return nobody;
    const auto* officer = organization_.officer(id);
    return officer == nullptr ? nobody
                              : static_cast<std::size_t>(officer - organization_.officers.data());
}

bool PlayedHall::at_work(std::size_t officer) const {
    const auto& desk = desks_[officer];
    const auto day = desk.hours->day_of(now_);
    return day >= 0 && day < desk.hours->days() && desk.there[static_cast<std::size_t>(day)] &&
           desk.hours->is_open(now_);
}

PlayedHall::OpenTask* PlayedHall::waiting(const Waiting& entry, const OfficerId& holder) {
    auto* task = task_of(entry.which, entry.task);
    if (task == nullptr || task->worker != nobody || task->stuck) return nullptr;
    return cases_[entry.which]->c.task(entry.task)->holder == holder ? task : nullptr;
}

void PlayedHall::ask_around() {
    if ((called_.empty() && calling_.empty())) return;
    if (std::none_of(lines_.begin(), lines_.end(),
                     [&](const OpenHours& hours) { return hours.is_open(now_); })) {
        called_.clear();
        calling_.clear();
        return;
    }
    // Starting work creates no other work, so neither list grows meanwhile.
    for (const auto officer : std::exchange(calling_, {})) seek_work(officer);
    for (const auto queue : std::exchange(called_, {})) {
        std::vector<std::size_t> idle;
        for (const auto officer : at_queue_[queue])
            if (!desks_[officer].busy) idle.push_back(officer);
        std::stable_sort(idle.begin(), idle.end(), [&](std::size_t a, std::size_t b) {
            return desks_[a].idle_since < desks_[b].idle_since;
        });
        for (const auto officer : idle) {
            if (queues_[queue].empty()) break;
            seek_work(officer);
        }
    }
}

void PlayedHall::seek_work(std::size_t officer) {
    if (desks_[officer].busy || !at_work(officer)) return;
    if (!take_own(officer)) take_from_queues(officer);
}

bool PlayedHall::take_own(std::size_t officer) {
    auto& desk = desks_[officer];
    while (!desk.own.empty()) {
        const auto entry = desk.own.front();
        desk.own.pop_front();
        if (auto* task = waiting(entry, desk.officer->id)) {
            begin(officer, entry.which, *task);
            return true;
        }
    }
    return false;
}

bool PlayedHall::take_from_queues(std::size_t officer) {
    auto& desk = desks_[officer];
    passed_over_.assign(desk.queues.size(), 0);
    for (;;) {
        std::size_t best = nobody;
        for (std::size_t i = 0; i < desk.queues.size(); ++i) {
            auto& queue = queues_[desk.queues[i]];
            auto& at = passed_over_[i];
            while (at < queue.size() && waiting(queue[at], {}) == nullptr) {
                if (at == 0)
                    queue.pop_front();
                else
                    ++at;
            }
            if (at == queue.size()) continue;
            if (best == nobody ||
                queue[at].offered < queues_[desk.queues[best]][passed_over_[best]].offered)
                best = i;
        }
        if (best == nobody) return false;
        auto& queue = queues_[desk.queues[best]];
        const auto entry = queue[passed_over_[best]];
        if (perform(entry.which,
                    {ClaimTask{entry.task}, Actor::of(desk.officer->id), {}, {}, {}})) {
            queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(passed_over_[best]));
            begin(officer, entry.which, *task_of(entry.which, entry.task));
            return true;
        }
        ++passed_over_[best];  // separated from what they did in this case before
    }
}

Duration PlayedHall::service_of(const StepId& step) const {
    const auto found = scenario_.services.find(step);
    return found == scenario_.services.end() ? scenario_.service : found->second;
}

void PlayedHall::begin(std::size_t officer, Cases which, OpenTask& task) {
    auto& desk = desks_[officer];
    auto& played = *cases_[which];
    measure_.left_queue(task.post, now_);
    measure_.started(task.post, task.offered, now_);
    task.worker = officer;
    const auto& step = process_of(which).step_at(task.place).id;
    auto visit = std::find_if(played.visits.begin(), played.visits.end(),
                              [&](const Visit& one) { return one.place == task.place; });
    if (visit == played.visits.end()) visit = played.visits.insert(visit, {task.place, 0});
    ++visit->times;
    const auto lasts = service_of(step);
    const auto minutes =
        lasts.exponential
            ? exponential(draws_.unit(Purpose::service, which, number_of(step.text), visit->times),
                          lasts.minutes)
            : lasts.minutes;
    desk.busy = true;
    desk.which = which;
    desk.task = task.number;
    desk.start = now_;
    desk.work = std::max<std::int64_t>(1, static_cast<std::int64_t>(minutes * 60e6));
    ++desk.serial;
    if (const auto at = finished_at(officer, desk.work))
        plan(*at, Next::Kind::finish, static_cast<std::uint32_t>(officer), desk.serial);
}

std::optional<Instant> PlayedHall::finished_at(std::size_t officer, std::int64_t work) const {
    const auto& there = desks_[officer].there;
    const auto& hours = *desks_[officer].hours;
    auto from = hours.before(now_);
    for (auto day = hours.day_of(now_); day < hours.days(); ++day) {
        const auto end = hours.before(hours.start_of_day(day + 1));
        if (there[static_cast<std::size_t>(day)]) {
            if (work <= end - from) {
                const auto at = hours.after(from + work);
                return at ? std::optional(std::max(*at, now_)) : std::nullopt;
            }
            work -= end - from;
        }
        from = end;
    }
    return {};
}

/// Takes the officer off what they work on.
void PlayedHall::stop(std::size_t officer) {
    auto& desk = desks_[officer];
    if (const auto* task = task_of(desk.which, desk.task))
        measure_.worked(task->post, desk.work, desk.start, now_, *desk.hours);
    desk.busy = false;
    ++desk.serial;
    desk.idle_since = now_;
    calling_.push_back(officer);
}

void PlayedHall::finish(std::size_t officer) {
    const auto which = desks_[officer].which;
    const auto number = desks_[officer].task;
    end_task(officer, which, number);
    // Completing the task has taken the officer off it; if nothing could complete it, this does.
    if (auto* task = task_of(which, number); task != nullptr && task->worker == officer) {
        stop(officer);
        task->worker = nobody;
        task->stuck = true;
    }
}

void PlayedHall::end_task(std::size_t officer, Cases which, TaskNumber number) {
    const auto place = task_of(which, number)->place;
    const auto& process = process_of(which);
    std::vector<TransitionIndex> refused;
    while (const auto outcome = choose(which, place, refused)) {
        CompleteTask completion;
        completion.task = number;
        completion.outcome = process.transitions[*outcome].outcome;
        completion.reason = "simulated";
        if (perform(which,
                    {std::move(completion), Actor::of(desks_[officer].officer->id), {}, {}, {}}))
            return;
        refused.push_back(*outcome);
    }
    if (stuck_++ > 0) return;
    stuck_at_ = fmt::format("{} {}: {}", process.item.text, process.step_at(place).id.text,
                            refusal_ ? refusal_->message : "no outcome is left");
}

}  // namespace workflow::report
