#include "case_clocks.hpp"

#include <algorithm>

#include "after_term.hpp"

namespace workflow::engine {

namespace {

/// The grounds in the order in which the clock was stopped.
std::vector<std::string> grounds_of(const Events& trail) {
    std::vector<std::string> grounds;
    for (const auto& event : trail)
        if (const auto* paused = std::get_if<ClockPaused>(&event.what))
            grounds.push_back(paused->ground);
    return grounds;
}

CaseClock running(CaseClock::Kind kind, const LegalClock& legal, std::optional<Date> recorded,
                  bool passed, const std::vector<std::string>& grounds, Date today) {
    CaseClock clock;
    clock.kind = kind;
    clock.limit = legal.limit;
    clock.start = legal.start;
    clock.pauses = legal.excluded;
    clock.paused = legal.paused_since.has_value();
    if (clock.paused)
        clock.pauses.push_back({*legal.paused_since, std::max(*legal.paused_since, today)});
    clock.grounds = grounds;
    clock.grounds.resize(clock.pauses.size());
    clock.recorded = recorded;
    clock.passed = passed;
    return clock;
}

/// What lengthened the law's limit, and whether silence began it.
void tell_history(CaseClock& clock, const Events& trail) {
    AfterTerm after_term;
    for (const auto& event : trail) {
        if (const auto* extended = std::get_if<LimitExtended>(&event.what);
            extended && clock.kind == CaseClock::Kind::statutory)
            clock.extension = extended->by;
        if (std::holds_alternative<CaseAccepted>(event.what)) clock.deemed = after_term.holds();
        after_term.take(event.what);
    }
}

}  // namespace

std::vector<CaseClock> clocks_of(const Case& c, const process::Process& process,
                                 const Events& trail, const CaseCalendars& calendars, Date today) {
    const auto grounds = grounds_of(trail);
    std::vector<CaseClock> clocks;
    if (c.statutory)
        clocks.push_back(running(CaseClock::Kind::statutory, *c.statutory, c.statutory_due,
                                 c.statutory_passed, grounds, today));
    if (c.promised)
        clocks.push_back(running(CaseClock::Kind::promised, *c.promised, c.promised_due,
                                 c.promised_passed, grounds, today));
    for (auto& clock : clocks) tell_history(clock, trail);
    for (const auto& task : c.tasks) {
        const auto& activity = *process.task_at(task.place);
        if (!activity.limit) continue;
        CaseClock clock;
        clock.kind = CaseClock::Kind::task;
        clock.task = task.number;
        clock.step = process.step_at(task.place).id;
        clock.limit = *activity.limit;
        clock.start = local_date(task.offered, calendars.clock);
        // What a rule gave a task shows in its due day alone.
        if (activity.limit_rule && task.due)
            clock.limit = limit_between(calendars.common, clock.limit.unit, clock.start, *task.due);
        clock.recorded = task.due;
        clock.passed = task.overdue;
        clocks.push_back(std::move(clock));
    }
    for (auto& clock : clocks) clock.count(calendars.common, calendars.all);
    return clocks;
}

}  // namespace workflow::engine
