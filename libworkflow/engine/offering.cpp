#include "offering.hpp"

#include <algorithm>

#include "allot/allot.hpp"
#include "allot/draw.hpp"
#include "clocks.hpp"

namespace workflow::engine {

using process::PlaceIndex;
using process::TaskActivity;

namespace {

bool contains(const Places& places, PlaceIndex place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

/// A place that had no token before, or lost it and got one again.
bool fresh(const Draft& draft, PlaceIndex place) {
    return draft.c.tokens(place) == 0 || contains(draft.left, place);
}

std::optional<PlaceIndex> end_of(const Draft& draft) {
    for (const auto& token : draft.marking)
        if (draft.process.end_at(token.place)) return token.place;
    return {};
}

void cancel_tasks(Draft& draft, bool all) {
    for (const auto& task : draft.c.tasks)
        if (task.number != draft.completed && (all || contains(draft.left, task.place)))
            draft.follow<TaskCancelled>().task = task.number;
}

void know_performers(Draft& draft) {
    draft.performed.assign(draft.c.performed.begin(), draft.c.performed.end());
}

void perform(Draft& draft, const OfficerId& officer, process::MemberMask members) {
    if (members != 0) draft.performed.push_back({officer, members});
}

const OfficerId* last_performer(const Draft& draft, const Arrival& arrival, PlaceIndex place) {
    if (arrival.performed_at == place) return &draft.officer->id;
    for (const auto& last : draft.c.last_performers)
        if (last.place == place) return &last.officer;
    return nullptr;
}

Pool pool_of(const Draft& draft, const TaskActivity& activity, process::Parties parties,
             std::span<const OfficerId> returned, const Marking& marking) {
    return Pool{draft.process,
                draft.organization(),
                activity,
                view(draft.performed),
                parties,
                draft.served_in(),
                *draft.facts.calendar,
                draft.day,
                returned,
                ahead_of(draft.process, marking)};
}

void offer(Draft& draft, const Arrival& arrival, PlaceIndex place, const TaskActivity& activity) {
    const TaskNumber number{++draft.last_task};
    auto& offered = draft.follow<TaskOffered>();
    offered.task = number;
    const auto& offered_step = draft.process.step_at(place).id;
    offered.step = offered_step;
    if (activity.limit)
        offered.due = due_after(draft, computed(draft, *activity.limit, activity.limit_rule));

    if (!activity.drawn && !activity.same_officer) return;
    if (draft.performed.empty()) {
        know_performers(draft);
        if (draft.officer) perform(draft, draft.officer->id, arrival.performed);
        // So has whoever runs the script that the command comes from.
        if (const auto& batch = draft.command.batch;
            batch && draft.officer && !batch->operated_by.empty())
            perform(draft, batch->operated_by, arrival.performed);
    }
    const auto pool = pool_of(draft, activity, arrival.parties, {}, draft.marking);
    const auto* before = activity.same_officer ? last_performer(draft, arrival, place) : nullptr;
    const bool again = before && may_have(pool, *before);
    if (!again && !activity.drawn) return;
    auto& drawn = draft.follow<TaskDrawn>();
    drawn.task = number;
    if (again) {
        drawn.officer = *before;
        drawn.candidates.push_back(*before);
    } else {
        gather(pool, drawn);
        allot(draft, activity.allot, offered_step, drawn);
    }
    if (!drawn.officer.empty()) perform(draft, drawn.officer, activity.members);
}

void arm(Draft& draft, TransitionIndex transition) {
    const auto limit = draft.process.transitions[transition].after;
    auto& armed = draft.follow<TimerArmed>();
    armed.transition = transition;
    armed.due = due_after(draft, limit);
    armed.moment = moment_after(draft, limit);
}

}  // namespace

void arrive(Draft& draft, const Arrival& arrival) {
    for (auto& sample : draft.samples) draft.follow<CaseSampled>() = std::move(sample);
    const auto end = end_of(draft);
    cancel_tasks(draft, end.has_value());
    const bool accepts = arrival.accepts && !draft.c.accepted;
    if (accepts) accept(draft, arrival.deemed);
    if (arrival.extends) extend(draft, *arrival.extends);
    if (end) {
        auto& ended = draft.follow<CaseEnded>();
        ended.step = draft.process.step_at(*end).id;
        ended.end = draft.process.end_at(*end)->end;
        if (arrival.hall.empty()) invite(draft, TaskNumber{});
        return;
    }
    turn_clocks(draft, accepts || draft.c.accepted, arrival.extends);
    for (const auto& token : draft.marking)
        if (const auto* activity = draft.process.task_at(token.place);
            activity && fresh(draft, token.place))
            offer(draft, arrival, token.place, *activity);
    for (const auto& token : draft.marking)
        if (const auto& timers = draft.process.places[token.place].timers;
            !timers.empty() && fresh(draft, token.place))
            for (const auto timer : timers) arm(draft, timer);
    set_warnings(draft);
}

void draw_again(Draft& draft, const Task& task, std::span<const OfficerId> returned) {
    know_performers(draft);
    const auto& activity = *draft.process.task_at(task.place);
    auto& drawn = draft.follow<TaskDrawn>();
    drawn.task = task.number;
    const auto pool = pool_of(draft, activity, draft.c.parties(), returned, draft.c.marking);
    gather(pool, drawn);
    allot(draft, activity.allot, draft.process.step_at(task.place).id, drawn);
}

}  // namespace workflow::engine
