#include <algorithm>

#include "allocation/draw.hpp"
#include "apply.hpp"
#include "clocks.hpp"
#include "draft.hpp"
#include "offering.hpp"

namespace workflow::engine {

namespace {

/// The maximum number of things that one advance handles. The rest is due at once and waits for the
/// next advance.
constexpr std::size_t most_at_once = 1000;

/// Something that is due at a moment.
struct Due {
    enum class Kind : std::uint8_t { warning, step, promised, statutory, timer };
    Instant at;  ///< the moment from which it is due
    Date day;    ///< nominal
    Kind kind = Kind::step;
    std::uint32_t which = 0;  ///< the warning's place in the case, task number or transition

    // Limits pass before timers of the same moment fire, so a step that is left late is recorded as
    // late.
    friend bool operator<(const Due& a, const Due& b) {
        if (a.at != b.at) return a.at < b.at;
        if (a.kind != b.kind) return a.kind < b.kind;
        return a.which < b.which;
    }
};

/// Returns the first thing that is due by `now`, except timers in `stuck`.
std::optional<Due> first_due(const Case& c, Instant now, const LocalClock& clock,
                             const SmallVector<TransitionIndex, 2>& stuck) {
    std::optional<Due> first;
    const auto consider = [&](const Due& due) {
        if (due.at <= now && (!first || due < *first)) first = due;
    };
    // A day is over when the next one starts.
    const auto after = [&](Date day) { return clock.start_of(Date{day.days + 1}); };
    for (std::uint32_t i = 0; i < c.warnings.size(); ++i)
        consider({clock.start_of(c.warnings[i].from), c.warnings[i].from, Due::Kind::warning, i});
    for (const auto& task : c.tasks)
        if (task.due && !task.overdue)
            consider({after(*task.due), *task.due, Due::Kind::step, number(task.number)});
    if (c.promised_due && !c.promised_passed)
        consider({after(*c.promised_due), *c.promised_due, Due::Kind::promised, 0});
    if (c.statutory_due && !c.statutory_passed)
        consider({after(*c.statutory_due), *c.statutory_due, Due::Kind::statutory, 0});
    for (const auto& timer : c.timers)
        if (std::find(stuck.begin(), stuck.end(), timer.transition) == stuck.end())
            consider({timer.moment ? *timer.moment : after(timer.due), timer.due, Due::Kind::timer,
                      timer.transition});
    return first;
}

void pass_limit(Draft& draft, const Due& due) {
    auto& passed = draft.follow<LimitPassed>();
    passed.due = due.day;
    switch (due.kind) {
        case Due::Kind::promised:
            passed.kind = LimitPassed::Kind::promised;
            return;
        case Due::Kind::statutory:
            passed.kind = LimitPassed::Kind::statutory;
            return;
        case Due::Kind::step:
        case Due::Kind::timer:
        case Due::Kind::warning:
            break;
    }
    passed.kind = LimitPassed::Kind::step;
    passed.task = TaskNumber{due.which};
    const auto& post = draft.process.task_at(draft.c.task(passed.task)->place)->escalate;
    if (post.empty()) return;
    auto& escalated = draft.follow<TaskEscalated>();
    escalated.task = TaskNumber{due.which};
    escalated.post = post;
}

void warn(Draft& draft, const Due& due) {
    const auto& c = draft.c;
    auto& near = draft.follow<LimitNear>();
    near.warning = c.warnings[due.which];
    switch (near.warning.kind) {
        case LimitPassed::Kind::step:
            near.due = c.task(near.warning.task)->due.value_or(due.day);
            return;
        case LimitPassed::Kind::promised:
            near.due = c.promised_due.value_or(due.day);
            return;
        case LimitPassed::Kind::statutory:
            near.due = c.statutory_due.value_or(due.day);
            return;
    }
}

/// Returns false when the process cannot continue from there. The timer then stays due until the
/// values allow it.
bool fire_timer(Draft& draft, const Due& due) {
    const auto transition = static_cast<TransitionIndex>(due.which);
    auto& fired = draft.follow<TimerFired>();
    fired.transition = draft.process.transitions[transition].id;
    fired.due = due.day;
    draft.marking = draft.c.marking;
    if (draft.move(transition, fired.path)) return false;
    Arrival arrival{draft.c.parties(), draft.c.hall, {}};
    arrival.accepts = arrival.deemed = draft.process.transitions[transition].accepts;
    arrive(draft, arrival);
    return true;
}

/// The state of the case while overdue things are handled, and the events that record them.
class CatchingUp {
public:
    explicit CatchingUp(const Draft& asked) : asked_(asked), working_(asked.c) {}

    Events run() {
        const auto& clock = asked_.clock();
        // Done first, because what is due depends on it. Dated at the last act, because what has
        // become due since then keeps its own day.
        if (working_.provisional || std::get<AdvanceCase>(asked_.command.action).recount) {
            auto draft = draft_at(working_.last_happened);
            recount(draft);
            keep(draft);
        }
        for (std::size_t count = 0; count < most_at_once && working_.open(); ++count) {
            const auto due = first_due(working_, asked_.happened, clock, stuck_);
            if (!due) break;
            bring_about(*due);
        }
        if (working_.open()) give_out_again();
        return std::move(events_);
    }

private:
    // What became due is dated on its own day, however late it is handled. Days computed from it
    // then remain as the law defines them.
    void bring_about(const Due& due) {
        auto draft = draft_at(std::max(due.at, working_.last_happened));
        if (due.kind == Due::Kind::timer) {
            if (!fire_timer(draft, due)) {
                stuck_.push_back(static_cast<TransitionIndex>(due.which));
                return;
            }
        } else if (due.kind == Due::Kind::warning) {
            warn(draft, due);
        } else {
            pass_limit(draft, due);
        }
        keep(draft);
    }

    // Repeats draws that found nobody, and reallocates tasks of officers who may no longer do them.
    // A drawn task stays unchanged while nobody else is available. Any other goes back to those who
    // may claim it.
    void give_out_again() {
        const auto moment = std::max(asked_.happened, working_.last_happened);
        SmallVector<TaskNumber, 2> waiting;
        for (const auto& task : working_.tasks)
            if (task.undrawn || lost(task, moment)) waiting.push_back(task.number);
        for (const auto number : waiting) {
            auto draft = draft_at(moment);
            const auto* task = working_.task(number);
            if (!task->undrawn) {
                auto& handed = draft.follow<TaskHandedOver>();
                handed.task = number;
                handed.way = TaskHandedOver::Way::absent;
                handed.from = task->holder;
            }
            if (!asked_.process.task_at(task->place)->drawn) {
                keep(draft);
                continue;
            }
            const bool drawn = draw_again(draft, *task, redraw_of(draft, *task));
            if (drawn || worth_telling(draft, *task, moment)) keep(draft);
        }
    }

    /// Returns whether the failure to draw anybody must be recorded. Not for a task that already
    /// waits for a way out, nor for one that stays with an officer who will return, if nobody else
    /// is available.
    bool worth_telling(const Draft& draft, const Task& task, Instant moment) const {
        if (!task.stranded.empty()) return false;
        if (task.undrawn || lost(task, moment) != RefusalCode::absent) return true;
        const auto& drawn = draft.events[draft.events.size() - 2].what;
        return !std::get<TaskDrawn>(drawn).candidates.empty();
    }

    /// Returns why the holder can no longer do the task. For a drawn task this includes an absence,
    /// because no other officer may claim it.
    std::optional<RefusalCode> lost(const Task& task, Instant moment) const {
        if (task.holder.empty()) return {};
        const auto day = asked_.clock().day_of(moment);
        const auto* officer = asked_.organization().officer(task.holder);
        if (!officer || (officer->left && *officer->left <= day)) return RefusalCode::not_on_post;
        const auto& declared = *asked_.process.task_at(task.place);
        static const HallId every_hall;
        std::optional<process::TaskActivity> wider;
        if (task.widened) wider = widened(declared);
        const process::Eligibility eligible(asked_.process, wider ? *wider : declared,
                                            asked_.organization(),
                                            wider ? every_hall : asked_.served_in(), day);
        if (!eligible.post(*officer)) return RefusalCode::not_on_post;
        const auto rule = eligible.kept_out(*officer);
        return rule == RefusalCode::absent && !declared.drawn ? std::nullopt : rule;
    }

    Draft draft_at(Instant moment) const {
        Draft draft(asked_.process, working_, asked_.command, asked_.facts, 0);
        draft.set_moment(moment);
        return draft;
    }

    void keep(Draft& draft) {
        if (events_.empty()) {
            draft.request = asked_.request;
            draft.mark_first();
        }
        for (auto& event : draft.events) {
            apply(asked_.process, working_, event);
            events_.push_back(std::move(event));
        }
    }

    const Draft& asked_;
    Case working_;
    Events events_;
    SmallVector<TransitionIndex, 2> stuck_;
};

}  // namespace

Events decide_advance(const Draft& draft) {
    return CatchingUp(draft).run();
}

}  // namespace workflow::engine
