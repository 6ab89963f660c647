#include "offering.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "allocation/allocate.hpp"
#include "allocation/draw.hpp"
#include "clocks.hpp"

namespace workflow::engine {

using process::PlaceIndex;
using process::TaskActivity;

namespace {

std::string_view to_string(definition::Widening by) {
    return by == definition::Widening::other_sections ? "other sections" : "other halls";
}
constexpr std::size_t every_way_count = 2;
constexpr std::string_view later_staff = "later staff";

bool contains(const Places& places, PlaceIndex place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

/// Returns whether the place newly received a token, or lost it and received another.
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
                ahead_of(draft.process, marking),
                draft.facts.at_reception};
}

/// Returns the pool widened to another section or hall, or nullopt where it already includes them.
/// `wider`: keeps the task.
std::optional<Pool> wider_pool(const Pool& pool, definition::Widening by, TaskActivity& wider) {
    const bool sections = by == definition::Widening::other_sections;
    const bool already = sections ? pool.task.among == definition::Among::everybody
                                  : pool.task.post.empty() || pool.hall.empty() || pool.every_hall;
    if (already) return {};
    wider = sections ? widened(pool.task) : pool.task;
    return Pool{pool.process,  pool.organization, wider,
                pool.done,     pool.parties,      pool.hall,
                pool.calendar, pool.day,          pool.returned,
                pool.ahead,    pool.at_reception, pool.every_hall || !sections};
}

/// Returns the pool with officers who joined a post for the task after the case was received.
Pool of_today(const Pool& pool) {
    return Pool{pool.process,  pool.organization, pool.task,     pool.done,
                pool.parties,  pool.hall,         pool.calendar, pool.day,
                pool.returned, pool.ahead,        nullptr,       pool.every_hall};
}

/// Draws, unless acts have reduced the pool below the organization's minimum. Then other officers
/// are added in the declared order. If they are not enough, nobody is drawn. `of_all`: they are
/// added in any case. `small_pool`: a way out was recorded, so any number is enough.
void draw_from(Draft& draft, const Pool& narrow, bool small_pool, bool of_all, const StepId& step,
               TaskDrawn& drawn) {
    static const std::vector<definition::Widening> every_way{definition::Widening::other_sections,
                                                             definition::Widening::other_halls};
    const auto& rules = draft.organization().draw;
    std::optional<Pool> wider;
    std::array<TaskActivity, every_way_count> tasks;
    std::size_t lost = 0;
    const auto try_pool = [&](const Pool& pool) {
        drawn.candidates.clear();
        drawn.excluded.clear();
        lost = gather(pool, drawn);
    };
    const auto too_few = [&] {
        const auto left = drawn.candidates.size();
        return left < rules.minimum && left + lost >= rules.minimum;
    };
    try_pool(narrow);
    const auto& ways = of_all ? every_way : rules.widen;
    for (std::size_t i = 0; i < ways.size() && i < tasks.size(); ++i) {
        if (!of_all && (small_pool || !too_few())) break;
        auto next = wider_pool(wider ? *wider : narrow, ways[i], tasks[i]);
        if (!next) continue;
        wider.emplace(*next);
        try_pool(*wider);
        drawn.widened.emplace_back(to_string(ways[i]));
    }
    // When every officer of reception has left, the case would wait for ever. Only a recorded way
    // out sets `small_pool`: a pool that widens automatically never includes later staff.
    if (of_all && small_pool && drawn.candidates.empty() && narrow.at_reception) {
        try_pool(of_today(wider ? *wider : narrow));
        drawn.widened.emplace_back(later_staff);
    }
    if (small_pool || !too_few()) return allocate(draft, narrow.task.allocate, step, drawn);
    drawn.by = narrow.task.allocate;
    drawn.figures.clear();
}

void strand(Draft& draft, TaskNumber task) {
    auto& stranded = draft.follow<TaskStranded>();
    stranded.task = task;
    stranded.post = stranded_post(draft.organization());
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
        // The operator of the command's script has performed it too.
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
        draw_from(draft, pool, false, false, offered_step, drawn);
    }
    if (drawn.officer.empty()) return strand(draft, number);
    perform(draft, drawn.officer, activity.members);
}

void arm(Draft& draft, TransitionIndex transition) {
    const auto limit = draft.process.transitions[transition].after;
    auto& armed = draft.follow<TimerArmed>();
    armed.transition = draft.process.transitions[transition].id;
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

bool draw_again(Draft& draft, const Task& task, const Redraw& how) {
    if (draft.performed.empty()) know_performers(draft);
    const auto& activity = *draft.process.task_at(task.place);
    const auto pool = pool_of(draft, activity, how.parties, how.returned, draft.c.marking);
    auto& drawn = draft.follow<TaskDrawn>();
    drawn.task = task.number;
    draw_from(draft, pool, how.small_pool, how.widened, draft.process.step_at(task.place).id,
              drawn);
    if (!drawn.officer.empty()) {
        perform(draft, drawn.officer, activity.members);
        return true;
    }
    strand(draft, task.number);
    return false;
}

Redraw redraw_of(const Draft& draft, const Task& task) {
    return {draft.c.parties(), task.returned, task.widened, task.small_pool};
}

PostId stranded_post(const definition::Organization& organization) {
    static const PostId supervisors("supervisor");
    const auto& named = organization.draw.stranded;
    return named.empty() ? supervisors : named;
}

}  // namespace workflow::engine
