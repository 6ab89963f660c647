// The cases of a simulated hall: the engine decides, the hall follows.

#include <algorithm>

#include <fmt/format.h>

#include "../../engine/apply.hpp"
#include "../../engine/decide.hpp"
#include "hall.hpp"

namespace workflow::report {

bool PlayedHall::perform(Cases which, const Command& command) {
    auto& played = *cases_[which];
    engine::Facts facts;
    facts.now = now_;
    facts.organization = &organization_;
    facts.calendar = calendars_[played.item];
    if (played.c.version == 0) facts.number.text = fmt::format("simulated-{}", which + 1);
    for (std::uint64_t i = 0; i < facts.entropy.size(); ++i)
        facts.entropy[i] = draws_.word(Purpose::draw, which, played.commands, i);
    const auto decision = engine::decide(*processes_[played.item], played.c, command, facts);
    if (!decision) {
        refusal_ = decision.refusal();
        return false;
    }
    ++played.commands;
    for (const auto& event : decision->events) {
        const bool was_late = played.c.promised_passed || played.c.statutory_passed;
        engine::apply(*processes_[played.item], played.c, event);
        if (!was_late && (played.c.promised_passed || played.c.statutory_passed))
            measure_.passed_a_limit();
        follow(which, event);
    }
    settle(which);
    return true;
}

void PlayedHall::follow(Cases which, const Event& event) {
    if (const auto* offer = std::get_if<TaskOffered>(&event.what))
        offered(which, *offer);
    else if (const auto* drawn = std::get_if<TaskDrawn>(&event.what))
        hold(which, drawn->task, drawn->officer);
    else if (const auto* handed = std::get_if<TaskHandedOver>(&event.what))
        hold(which, handed->task, handed->to);
    else if (const auto* completed = std::get_if<TaskCompleted>(&event.what))
        closed(which, completed->task);
    else if (const auto* cancelled = std::get_if<TaskCancelled>(&event.what))
        closed(which, cancelled->task);
    else if (const auto* armed = std::get_if<TimerArmed>(&event.what); armed && armed->moment)
        plan(std::max(now_, *armed->moment), Next::Kind::wake, which);
}

void PlayedHall::offered(Cases which, const TaskOffered& offer) {
    auto& played = *cases_[which];
    const auto& process = *processes_[played.item];
    auto& task = played.tasks.emplace_back();
    task.number = offer.task;
    task.place = process.steps[*process.step(offer.step)].at;
    task.offered = now_;
    const auto& activity = *process.task_at(task.place);
    if (activity.drawn) return;
    task.post = post_of(activity.post);
    measure_.offered(task.post, now_);
    const auto queue = queue_of(task.post, hall_of(played.c.hall), played.item);
    queues_[queue].push_back({now_, which, offer.task});
    called_.push_back(queue);
}

void PlayedHall::hold(Cases which, TaskNumber number, const OfficerId& officer) {
    auto* task = task_of(which, number);
    if (task == nullptr) return;
    if (task->worker != nobody) {
        stop(task->worker);
        task->worker = nobody;
        measure_.offered(task->post, now_);
    }
    const auto holder = officer_of(officer);
    if (process_of(which).task_at(task->place)->drawn) {
        // The task waits with its officer, or with nobody.
        if (task->post != nobody) measure_.left_queue(task->post, now_);
        task->post = nobody;
        if (holder != nobody) {
            const auto& duty = process_of(which).task_at(task->place)->duty;
            task->post = posts_.size();
            for (const auto post : desks_[holder].posts) {
                const auto& duties = organization_.post(posts_[post])->duties;
                if (std::find(duties.begin(), duties.end(), duty) == duties.end()) continue;
                task->post = post;
                break;
            }
            measure_.offered(task->post, now_);
        }
    }
    if (holder == nobody) return;
    desks_[holder].own.push_back({task->offered, which, number});
    calling_.push_back(holder);
}

void PlayedHall::closed(Cases which, TaskNumber number) {
    auto& tasks = cases_[which]->tasks;
    const auto task = std::find_if(tasks.begin(), tasks.end(),
                                   [&](const OpenTask& one) { return one.number == number; });
    if (task == tasks.end()) return;
    if (task->worker != nobody)
        stop(task->worker);
    else if (task->post != nobody && !task->stuck)
        measure_.left_queue(task->post, now_);
    tasks.erase(task);
}

/// Handles the result of a command: a case that has ended, or one that waits for answers or days.
void PlayedHall::settle(Cases which) {
    auto& played = *cases_[which];
    const auto& process = *processes_[played.item];
    if (!played.c.open()) {
        measure_.ended(played.c.opened, now_, played.c.promised_due, played.c.statutory_due,
                       played.c.promised_passed || played.c.statutory_passed, organization_.clock);
        cases_[which].reset();
        return;
    }
    for (auto& task : played.tasks)
        if (task.post == nobody) {
            task.post = posts_.size();
            measure_.offered(task.post, now_);
        }
    for (const auto& token : played.c.marking) {
        const auto* wait = process.wait_at(token.place);
        if (played.answering || wait == nullptr || !wait->for_applicant ||
            wait->supplied == process::none)
            continue;
        const auto& step = process.step_at(token.place).id;
        const auto given = scenario_.services.find(step);
        const auto& lasts = given == scenario_.services.end() ? scenario_.answer : given->second;
        const auto minutes = lasts.exponential
                                 ? exponential(draws_.unit(Purpose::answer, which,
                                                           number_of(step.text), played.answers),
                                               lasts.minutes)
                                 : lasts.minutes;
        ++played.answers;
        played.answering = true;
        plan({now_.microseconds + static_cast<std::int64_t>(minutes * 60e6)}, Next::Kind::answer,
             which);
    }
    const auto wake = engine::wake_day(played.c);
    if (!wake) return;
    // Tries what is already due again on the next day.
    const auto today = local_date(now_, organization_.clock);
    const auto day = std::max(*wake, Date{today.days + 1});
    const auto place = day.days - scenario_.first.days;
    if (played.wake == day || place >= static_cast<std::int64_t>(wakes_.size())) return;
    played.wake = day;
    wakes_[static_cast<std::size_t>(place)].push_back(which);
}

void PlayedHall::arrive(const Arrival& arrival) {
    const auto which = static_cast<Cases>(cases_.size());
    auto& played = *cases_.emplace_back(std::make_unique<Played>());
    played.item = arrival.item;
    auto application = applications_[arrival.item];
    application.applicant.person.text = fmt::format("simulated applicant {}", which + 1);
    if (const auto& windows = windows_[arrival.item]; !windows.empty())
        application.hall = windows[draws_.word(Purpose::hall, which, 0, 0) % windows.size()];
    if (!perform(which, {std::move(application), Actor::the_applicant(), {}, {}, {}}))
        throw SimulationError(fmt::format(
            "an application for {} is refused ({}): {}; give the "
            "fields that it needs with --field",
            scenario_.items[arrival.item].text, code_of(refusal_->code), refusal_->message));
    measure_.opened();
}

void PlayedHall::advance(Cases which) {
    if (cases_[which]) (void)perform(which, {AdvanceCase{}, Actor::the_engine(), {}, {}, {}});
}

void PlayedHall::answer(Cases which) {
    if (!cases_[which]) return;
    cases_[which]->answering = false;
    // The case may have continued without the applicant.
    (void)perform(which, {SupplyMaterials{}, Actor::the_applicant(), {}, {}, {}});
}

PlayedHall::OpenTask* PlayedHall::task_of(Cases which, TaskNumber number) {
    if (!cases_[which]) return nullptr;
    for (auto& task : cases_[which]->tasks)
        if (task.number == number) return &task;
    return nullptr;
}

std::optional<TransitionIndex> PlayedHall::choose(Cases which, process::PlaceIndex place,
                                                  std::span<const TransitionIndex> refused) const {
    const auto& played = *cases_[which];
    const auto& process = *processes_[played.item];
    const auto& step = process.step_at(place).id;
    const auto& outcomes = process.task_at(place)->outcomes;
    const auto given = [&](TransitionIndex index) -> std::optional<double> {
        const auto found = scenario_.outcomes.find({step, process.transitions[index].outcome});
        if (found == scenario_.outcomes.end()) return {};
        return found->second;
    };
    const auto plain = [&](TransitionIndex index) {
        const auto& outcome = process.transitions[index];
        return !outcome.needs_reason && !outcome.at_most;
    };
    double rest = 1;
    std::size_t others = 0, plain_others = 0;
    for (const auto index : outcomes) {
        if (const auto share = given(index)) {
            rest -= *share;
        } else {
            ++others;
            plain_others += plain(index) ? 1 : 0;
        }
    }
    const auto possible = [&](TransitionIndex index) {
        if (std::find(refused.begin(), refused.end(), index) != refused.end()) return false;
        const auto& most = process.transitions[index].at_most;
        for (const auto& count : played.c.outcomes)
            if (most && count.transition == index && count.times >= *most) return false;
        return true;
    };
    std::vector<double> weights;
    double total = 0;
    const auto weigh = [&](auto weight) {
        weights.clear();
        total = 0;
        for (const auto index : outcomes)
            total += weights.emplace_back(possible(index) ? weight(index) : 0.0);
    };
    weigh([&](TransitionIndex index) {
        if (const auto share = given(index)) return *share;
        if (plain_others > 0 && !plain(index)) return 0.0;
        return std::max(rest, 0.0) / static_cast<double>(plain_others > 0 ? plain_others : others);
    });
    // The remaining outcomes, if the likely ones are refused or exhausted.
    if (total <= 0) weigh([](TransitionIndex) { return 1.0; });
    if (total <= 0) return {};
    auto left = total * draws_.unit(Purpose::outcome, which, number_of(step.text),
                                    visits(played, place) * 64 + refused.size());
    std::optional<TransitionIndex> chosen;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (weights[i] <= 0) continue;
        chosen = outcomes[i];
        left -= weights[i];
        if (left <= 0) break;
    }
    return chosen;
}

std::uint32_t PlayedHall::visits(const Played& played, process::PlaceIndex place) {
    for (const auto& visit : played.visits)
        if (visit.place == place) return visit.times;
    return 0;
}

}  // namespace workflow::report
