#include "clocks.hpp"

#include <algorithm>

namespace workflow::engine {

namespace {

using definition::WarningTimes;

/// Returns the day on which `limit` ends from `start`. Sets `provisional` where that depends on an
/// incomplete calendar.
Date run_from(const Draft& draft, Date start, Limit limit, bool& provisional) {
    const auto end = due_day(*draft.facts.calendar, start, limit);
    provisional = provisional || end.provisional;
    return end.date;
}

std::optional<Date> due_of(const Draft& draft, const std::optional<LegalClock>& clock,
                           bool& provisional) {
    const auto end = clock ? clock->due(*draft.facts.calendar) : std::nullopt;
    if (!end) return {};
    provisional = provisional || end->provisional;
    return end->date;
}

/// Returns the day from which a limit that ends on `due` is near.
Date near_from(const Draft& draft, Date due, Limit before) {
    if (before.unit == LimitUnit::days) return {due.days - before.amount};
    return draft.facts.calendar->subtract(due, before.amount).date;
}

void resume(Draft& draft, std::optional<Limit> extended) {
    auto& resumed = draft.follow<ClockResumed>();
    resumed.to = draft.day;
    const auto run_on = [&](std::optional<LegalClock> clock, std::int32_t more) {
        if (clock) {
            clock->limit.amount += more;
            clock->resume(draft.day);
        }
        return due_of(draft, clock, resumed.provisional);
    };
    resumed.statutory_due = run_on(draft.c.statutory, extended ? extended->amount : 0);
    resumed.promised_due = run_on(draft.c.promised, 0);
}

/// The due days of limits that the draft starts or changes; of several, the last one.
struct Begun {
    const Draft& draft;
    std::optional<Date> statutory = {}, promised = {};
    struct OfTask {
        TaskNumber task{};
        Date due;
        const WarningTimes* warn = nullptr;
    };
    std::vector<OfTask> tasks = {};

    void add_task(TaskNumber task, process::PlaceIndex place, const std::optional<Date>& due) {
        if (due) tasks.push_back({task, *due, &draft.process.task_at(place)->warn});
    }
    void run_to(const std::optional<Date>& by_law, const std::optional<Date>& by_promise) {
        statutory = by_law;
        promised = by_promise;
    }

    void operator()(const CaseAccepted& e) { run_to(e.statutory_due, e.promised_due); }
    void operator()(const ClockResumed& e) { run_to(e.statutory_due, e.promised_due); }
    void operator()(const ClockPaused&) { run_to({}, {}); }
    void operator()(const LimitExtended& e) { statutory = e.statutory_due; }
    void operator()(const TaskOffered& e) {
        add_task(e.task, draft.process.steps[*draft.process.step(e.step)].at, e.due);
    }
    void operator()(const DaysRecounted& e) {
        run_to(e.statutory_due, e.promised_due);
        for (const auto& [task, due] : e.tasks) add_task(task, draft.c.task(task)->place, due);
    }
    // None of these starts a limit.
    void operator()(const CaseOpened&) {}
    void operator()(const TaskDrawn&) {}
    void operator()(const TaskClaimed&) {}
    void operator()(const TaskHandedOver&) {}
    void operator()(const TaskCompleted&) {}
    void operator()(const TaskCancelled&) {}
    void operator()(const TimerArmed&) {}
    void operator()(const TimerFired&) {}
    void operator()(const MaterialsSupplied&) {}
    void operator()(const CaseWithdrawn&) {}
    void operator()(const LimitPassed&) {}
    void operator()(const CaseEnded&) {}
    void operator()(const LimitsComputed&) {}
    void operator()(const WarningsSet&) {}
    void operator()(const LimitNear&) {}
    void operator()(const TaskEscalated&) {}
    void operator()(const CaseUrged&) {}
    void operator()(const CaseSampled&) {}
    void operator()(const RatingInvited&) {}
    void operator()(const CaseRated&) {}
    void operator()(const RatingSupplemented&) {}
    void operator()(const RatingSetAside&) {}
    void operator()(const CaseUnsealed&) {}
    void operator()(const StaffChanged&) {}
    void operator()(const DefinitionPublished&) {}
    void operator()(const ClockSetBack&) {}
    void operator()(const CaseRead&) {}
    void operator()(const PersonErased&) {}
    void operator()(const ReadingStopped&) {}
    void operator()(const FieldsCorrected&) {}
    void operator()(const RecusalAsked&) {}
    void operator()(const RecusalDecided&) {}
    void operator()(const TaskStranded&) {}
    void operator()(const StrandedResolved&) {}
    void operator()(const UnsealAsked&) {}
    void operator()(const UnsealDeclined&) {}
    void operator()(const StaffProposed&) {}
    void operator()(const StaffDeclined&) {}
};

}  // namespace

void accept(Draft& draft, bool deemed) {
    const auto& process = draft.process;
    const bool from_receipt = (deemed || process.counted_from_receipt) && draft.c.version > 0;
    auto& accepted = draft.act<CaseAccepted>();
    accepted.accepted = from_receipt ? draft.c.received : draft.day;
    LimitsComputed computed_limits;
    const auto begin = [&](const std::optional<Limit>& most, const feel::Expression& rule,
                           std::optional<Limit>& given, std::optional<Date>& due) {
        if (!most) return;
        const auto limit = computed(draft, *most, rule);
        if (rule) given = limit;
        due = run_from(draft, accepted.accepted, limit, accepted.provisional);
    };
    begin(process.statutory, process.statutory_rule, computed_limits.statutory,
          accepted.statutory_due);
    begin(process.promised, process.promised_rule, computed_limits.promised, accepted.promised_due);
    if (computed_limits != LimitsComputed()) draft.follow<LimitsComputed>() = computed_limits;
}

void extend(Draft& draft, Limit by) {
    auto& extended = draft.follow<LimitExtended>();
    extended.by = by;
    auto clock = draft.c.statutory;
    clock->limit.amount += by.amount;
    extended.provisional = draft.c.provisional;
    extended.statutory_due = due_of(draft, clock, extended.provisional);
}

void turn_clocks(Draft& draft, bool accepted, std::optional<Limit> extended) {
    const process::Place* pausing = nullptr;
    for (const auto& token : draft.marking)
        if (const auto& place = draft.process.places[token.place]; place.pauses_clock && !pausing)
            pausing = &place;
    if (pausing && accepted && !draft.c.paused) {
        auto& paused = draft.follow<ClockPaused>();
        paused.ground = pausing->ground;
        paused.from = draft.day;
    } else if (!pausing && draft.c.paused) {
        resume(draft, extended);
    }
}

void set_warnings(Draft& draft) {
    if (!draft.process.warns) return;
    Begun begun{draft};
    for (const auto& event : draft.events) std::visit(begun, event.what);
    std::vector<Warning> warnings;
    const auto add = [&](LimitPassed::Kind kind, TaskNumber task, const std::optional<Date>& due,
                         const WarningTimes& times) {
        const auto warn = [&](const std::optional<Limit>& before, Signal signal) {
            if (!due || !before) return;
            const auto from = near_from(draft, *due, *before);
            // No warning is given on the day on which a limit starts.
            if (from > draft.day) warnings.push_back({kind, task, signal, from});
        };
        warn(times.yellow, Signal::yellow);
        warn(times.red, Signal::red);
    };
    const auto& times = draft.process.warn;
    if (!draft.c.statutory_passed) add(LimitPassed::Kind::statutory, {}, begun.statutory, times);
    if (!draft.c.promised_passed) add(LimitPassed::Kind::promised, {}, begun.promised, times);
    for (const auto& one : begun.tasks) add(LimitPassed::Kind::step, one.task, one.due, *one.warn);
    if (!warnings.empty()) draft.follow<WarningsSet>().warnings = std::move(warnings);
}

void recount(Draft& draft) {
    const auto& c = draft.c;
    DaysRecounted counted;
    counted.statutory_due = due_of(draft, c.statutory, counted.provisional);
    counted.promised_due = due_of(draft, c.promised, counted.provisional);
    if (c.paused) counted.provisional = c.provisional;
    bool ignored = false;
    for (const auto& task : c.tasks) {
        const auto& activity = *draft.process.task_at(task.place);
        // A limit that a rule computed from the values of that day must not be recomputed from
        // today's.
        if (!task.due || task.overdue || activity.limit_rule || !counts_days(activity.limit->unit))
            continue;
        const auto due =
            run_from(draft, draft.clock().day_of(task.offered), *activity.limit, ignored);
        if (due != *task.due) counted.tasks.emplace_back(task.number, due);
    }
    for (const auto& timer : c.timers) {
        if (timer.moment) continue;
        const auto limit = draft.process.transitions[timer.transition].after;
        const auto due = run_from(draft, timer.armed, limit, ignored);
        if (due != timer.due)
            counted.timers.emplace_back(draft.process.transitions[timer.transition].id, due);
    }
    const bool same =
        counted.statutory_due == c.statutory_due && counted.promised_due == c.promised_due &&
        counted.provisional == c.provisional && counted.tasks.empty() && counted.timers.empty();
    if (same) return;
    draft.follow<DaysRecounted>() = std::move(counted);
    set_warnings(draft);
}

}  // namespace workflow::engine
