#include "apply.hpp"

#include <algorithm>

#include "allocation/draw_word.hpp"
#include "apply_parts.hpp"
#include "matter.hpp"
#include "performing.hpp"

namespace workflow::engine {

using process::Process;
using process::Transition;

namespace {

/// By event family: opening and acceptance, tasks, time, acts of the applicant.
struct Apply {
    const Process& process;
    Case& c;
    const Event& event;

    void operator()(const CaseOpened& opened) const {
        demand(opened.item == process.item && opened.definition == process.digest, c,
               "the case was opened with another definition");
        c.number = opened.number;
        name_parties(c, opened);
        c.hall = opened.hall;
        c.keyed = opened.keyed_on.has_value();
        c.keyed_on = opened.keyed_on.value_or(draw_day(event.recorded));
        c.round = opened.round;
        c.mode = opened.mode;
        c.by_proxy = opened.agent.has_value();
        c.comes_first = opened.comes_first;
        c.anywhere = opened.anywhere;
        c.appointment = opened.appointment;
        c.opened = event.happened;
        c.filed = event.recorded;
        c.received = local_date(event.happened, event.offset);
        c.fields.resize(process.slots());
        for (const auto& panel : process.panels) c.fields[panel.slot] = panel.nothing();
        c.materials.resize(process.materials.size(), MaterialState::missing);
        set_fields(process, c, opened.fields);
        receive(process, c, opened.materials);
        demand(process.start < process.places.size(), c, "the process of the case has no start");
        c.marking.push_back(Token{process.start, 1});
        follow(process, c, opened.path);
        take_in(c, event, process.member("intake"));
    }

    void operator()(const CaseAccepted& accepted) const {
        demand(!c.accepted, c, "accepts the case twice");
        c.accepted = accepted.accepted;
        if (process.statutory)
            c.statutory = LegalClock{*process.statutory, accepted.accepted, {}, {}};
        if (process.promised) c.promised = LegalClock{*process.promised, accepted.accepted, {}, {}};
        run_to(accepted.statutory_due, accepted.promised_due, accepted.provisional);
    }

    void operator()(const LimitsComputed& computed) const {
        demand(c.accepted.has_value(), c, "computes limits that are not running");
        const auto set = [&](std::optional<LegalClock>& clock, const std::optional<Limit>& limit) {
            if (!limit) return;
            demand(clock.has_value(), c, "computes a limit that the item does not have");
            clock->limit = *limit;
        };
        set(c.statutory, computed.statutory);
        set(c.promised, computed.promised);
    }

    void operator()(const LimitExtended& extended) const {
        demand(c.statutory && !c.extended && extended.by.unit == c.statutory->limit.unit, c,
               "extends a limit that cannot be extended");
        c.statutory->limit.amount += extended.by.amount;
        c.extended = true;
        run_to(extended.statutory_due, c.promised_due, extended.provisional);
    }

    void operator()(const TaskOffered& offered) const {
        demand(number(offered.task) == c.last_task + 1, c, "the task number is out of order");
        const auto step = process.step(offered.step);
        demand(step.has_value(), c, "offers a step that does not exist");
        const auto place = process.steps[*step].at;
        demand(process.task_at(place) && c.tokens(place) > 0, c,
               "offers a task at a step where the case is not");
        c.last_task = number(offered.task);
        auto& task = c.tasks.emplace_back();
        task.number = offered.task;
        task.place = place;
        task.due = offered.due;
        task.offered = event.happened;
    }

    void operator()(const TaskDrawn& drawn) const {
        auto& task = open_task(c, drawn.task);
        hold(process, c, task, drawn.officer);
        task.undrawn = drawn.officer.empty();
        task.widened = task.widened || !drawn.widened.empty();
        if (!task.undrawn) task.stranded = {};
    }

    void operator()(const TaskClaimed& claimed) const {
        hold(process, c, open_task(c, claimed.task), claimed.officer);
    }

    void operator()(const TaskHandedOver& handed) const {
        auto& task = open_task(c, handed.task);
        demand(task.holder == handed.from, c, "takes a task from an officer who does not hold it");
        hold(process, c, task, handed.to);
        if (handed.way == TaskHandedOver::Way::returned) task.returned.push_back(handed.from);
    }

    void operator()(const TaskCompleted& completed) const {
        const auto place = open_task(c, completed.task).place;
        const auto& taken = first_of(process, c, completed.path, Transition::Trigger::outcome);
        demand(taken.outcome == completed.outcome && taken.takes.front().place == place, c,
               "the path does not begin with the outcome");
        perform(c, completed.officer, process.task_at(place)->members);
        operate(c, event, process.task_at(place)->members);
        remember(c, place, completed.officer);
        count(c, process.index_of(completed.path.front()));
        set_fields(process, c, completed.fields);
        receive(process, c, completed.materials);
        const auto panel = process.task_at(place)->panel;
        if (panel != process::none) {
            const auto& votes = process.panels[panel];
            c.fields[votes.slot] = votes.with_vote(c.fields[votes.slot], completed.outcome);
        }
        if (taken.decides) freeze(process, c);
        c.decided = c.decided || taken.decides;
        c.draw_decided = c.draw_decided || (taken.decides && settles_matter(process, c, place));
        close_task(c, completed.task);
        follow(process, c, completed.path);
    }

    void operator()(const TaskCancelled& cancelled) const { close_task(c, cancelled.task); }

    void operator()(const TimerArmed& armed) const {
        const auto transition = process.index_of(armed.transition);
        demand(transition != process::none &&
                   process.transitions[transition].trigger == Transition::Trigger::timer,
               c, "arms a transition that is not a timer");
        const Timer timer{transition, local_date(event.happened, event.offset), armed.due,
                          armed.moment};
        c.timers.insert(std::upper_bound(c.timers.begin(), c.timers.end(), timer, earlier), timer);
    }

    void operator()(const TimerFired& fired) const {
        first_of(process, c, fired.path, Transition::Trigger::timer);
        const auto transition = process.index_of(fired.transition);
        const auto armed = std::find_if(c.timers.begin(), c.timers.end(), [&](const Timer& timer) {
            return timer.transition == transition && timer.due == fired.due;
        });
        demand(armed != c.timers.end() && fired.path.front() == fired.transition, c,
               "fires a timer that is not armed");
        follow(process, c, fired.path);
    }

    void operator()(const ClockPaused& paused) const {
        demand(!c.paused, c, "pauses a clock that is already paused");
        c.paused = true;
        if (c.statutory) c.statutory->pause(paused.from);
        if (c.promised) c.promised->pause(paused.from);
        c.statutory_due.reset();
        c.promised_due.reset();
        drop_warnings(
            c, [](const Warning& warning) { return warning.kind != LimitPassed::Kind::step; });
    }

    void operator()(const ClockResumed& resumed) const {
        demand(c.paused, c, "resumes a clock that is not paused");
        c.paused = false;
        if (c.statutory) c.statutory->resume(resumed.to);
        if (c.promised) c.promised->resume(resumed.to);
        run_to(resumed.statutory_due, resumed.promised_due, resumed.provisional);
    }

    void operator()(const WarningsSet& set) const {
        drop_warnings(c, [&](const Warning& old) {
            return std::any_of(set.warnings.begin(), set.warnings.end(),
                               [&](const Warning& fresh) { return same_limit(old, fresh); });
        });
        c.warnings.insert(c.warnings.end(), set.warnings.begin(), set.warnings.end());
    }

    void operator()(const LimitNear& near) const {
        const auto set = std::find(c.warnings.begin(), c.warnings.end(), near.warning);
        demand(set != c.warnings.end(), c, "gives a warning that was not set");
        c.warnings.erase(set);
    }

    void operator()(const TaskEscalated& escalated) const {
        open_task(c, escalated.task).escalated = escalated.post;
    }

    void operator()(const CaseUrged&) const {
        const auto day = local_date(event.happened, event.offset);
        ++c.times_urged;
        for (auto& urging : c.urgings)
            if (urging.officer == event.actor.officer) {
                urging.last = day;
                return;
            }
        c.urgings.push_back({event.actor.officer, day});
    }

    void operator()(const DaysRecounted& recounted) const {
        for (const auto& [task, due] : recounted.tasks) open_task(c, task).due = due;
        for (const auto& [transition, due] : recounted.timers) {
            const auto armed =
                std::find_if(c.timers.begin(), c.timers.end(),
                             [wanted = process.index_of(transition)](const Timer& timer) {
                                 return timer.transition == wanted;
                             });
            demand(armed != c.timers.end(), c, "recomputes a timer that is not armed");
            armed->due = due;
        }
        std::sort(c.timers.begin(), c.timers.end(), earlier);
        run_to(recounted.statutory_due, recounted.promised_due, recounted.provisional);
    }

    void operator()(const LimitPassed& passed) const {
        switch (passed.kind) {
            case LimitPassed::Kind::step:
                open_task(c, passed.task).overdue = true;
                return;
            case LimitPassed::Kind::promised:
                c.promised_passed = true;
                return;
            case LimitPassed::Kind::statutory:
                c.statutory_passed = true;
                return;
        }
    }

    void operator()(const MaterialsSupplied& supplied) const {
        set_fields(process, c, supplied.fields);
        receive(process, c, supplied.materials);
        take_in(c, event, process.member("intake"));
        if (supplied.path.empty()) return;  // an owed material, which no step waited for
        c.received = local_date(event.happened, event.offset);
        first_of(process, c, supplied.path, Transition::Trigger::supplied);
        follow(process, c, supplied.path);
    }

    void operator()(const CaseWithdrawn& withdrawn) const {
        first_of(process, c, withdrawn.path, Transition::Trigger::withdraw);
        follow(process, c, withdrawn.path);
    }

    void operator()(const CaseEnded& ended) const {
        const auto step = process.step(ended.step);
        demand(step && process.end_at(process.steps[*step].at) &&
                   c.tokens(process.steps[*step].at) > 0 && c.tasks.empty(),
               c, "ends the case at a step where the case is not");
        c.end = ended.end;
        c.marking.assign(1, Token{process.steps[*step].at, 1});
        c.timers.clear();
        c.warnings.clear();
    }

    // Records why the path was taken.
    void operator()(const CaseSampled&) const {}

    void operator()(const RatingInvited& invited) const {
        demand(!find_rateable(invited.task), c, "invites the same rating twice");
        auto& rateable = c.rateable.emplace_back();
        rateable.task = invited.task;
        rateable.token = invited.token;
        rateable.officer = invited.officer;
    }
    void operator()(const CaseRated& rated) const {
        auto& rateable = rateable_of(rated.task);
        demand(!rateable.grade, c, "rates the same thing twice");
        rateable.grade = rated.grade;
    }
    void operator()(const RatingSupplemented& supplement) const {
        auto& rateable = rateable_of(supplement.task);
        demand(rateable.grade && !rateable.supplemented, c,
               "supplements a rating that does not exist");
        rateable.supplemented = true;
    }
    void operator()(const RatingSetAside& aside) const {
        auto& rateable = rateable_of(aside.task);
        demand(rateable.grade && !rateable.set_aside, c, "sets aside a rating that does not exist");
        rateable.set_aside = true;
    }
    void operator()(const CaseUnsealed& unsealed) const {
        const auto& shown = unsealed.officer.empty() ? event.actor.officer : unsealed.officer;
        close_unsealing({shown, unsealed.what});
        c.unsealed.push_back({shown, unsealed.what});
    }
    void operator()(const UnsealAsked& asked) const {
        c.unseal_asked.push_back({event.actor.officer, asked.what});
    }
    void operator()(const UnsealDeclined& declined) const {
        close_unsealing({declined.officer, declined.what});
    }
    // The command's own event has the values.
    void operator()(const FieldsCorrected&) const {}
    void operator()(const RecusalAsked& asked) const {
        if (event.actor == Actor::of(asked.officer) || event.actor == Actor::the_engine())
            c.others.push_back(asked.person);
        else
            c.recusals.push_back({asked.officer, asked.person, event.actor});
    }
    void operator()(const RecusalDecided& decided) const {
        const auto asked =
            std::find_if(c.recusals.begin(), c.recusals.end(),
                         [&](const OpenRecusal& open) { return open.officer == decided.officer; });
        demand(asked != c.recusals.end(), c, "decides on a recusal that was not requested");
        if (decided.granted) c.others.push_back(asked->person);
        c.recusals.erase(asked);
    }
    void operator()(const TaskStranded& stranded) const {
        open_task(c, stranded.task).stranded = stranded.post;
    }
    void operator()(const StrandedResolved& resolved) const {
        auto& task = open_task(c, resolved.task);
        demand(!task.stranded.empty(), c, "resolves a task that is not stranded");
        task.stranded = {};
        if (resolved.way == WayOut::ask_again) task.returned.clear();
        if (resolved.way == WayOut::widen) task.widened = true;
        task.small_pool = true;
    }
    void operator()(const CaseRead& read) const {
        const auto day = local_date(event.happened, event.offset);
        for (auto& reading : c.readings)
            if (reading.officer == event.actor.officer && reading.purpose == read.purpose) {
                reading.day = day;
                return;
            }
        c.readings.push_back({event.actor.officer, read.purpose, day});
    }
    void operator()(const StaffChanged&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const DefinitionPublished&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const ClockSetBack&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const PersonErased&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const ReadingStopped&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const StaffProposed&) const {
        broken(c, "belongs in the journal, not in a case");
    }
    void operator()(const StaffDeclined&) const {
        broken(c, "belongs in the journal, not in a case");
    }

private:
    void close_unsealing(const Unsealing& asked) const {
        const auto open = std::find(c.unseal_asked.begin(), c.unseal_asked.end(), asked);
        if (open != c.unseal_asked.end()) c.unseal_asked.erase(open);
    }
    Rateable* find_rateable(TaskNumber task) const {
        for (auto& rateable : c.rateable)
            if (rateable.task == task) return &rateable;
        return nullptr;
    }
    Rateable& rateable_of(TaskNumber task) const {
        auto* rateable = find_rateable(task);
        demand(rateable != nullptr, c, "rates something that cannot be rated");
        return *rateable;
    }

    static bool earlier(const Timer& a, const Timer& b) {
        return std::pair(a.due, a.transition) < std::pair(b.due, b.transition);
    }

    void run_to(const std::optional<Date>& statutory, const std::optional<Date>& promised,
                bool provisional) const {
        c.statutory_due = statutory;
        c.promised_due = promised;
        c.provisional = provisional;
    }
};

/// Events that are allowed after the end of a case.
bool comes_after_the_end(const EventPayload& what) {
    return std::holds_alternative<RatingInvited>(what) || std::holds_alternative<CaseRated>(what) ||
           std::holds_alternative<RatingSupplemented>(what) ||
           std::holds_alternative<RatingSetAside>(what) ||
           std::holds_alternative<CaseUnsealed>(what) || std::holds_alternative<CaseRead>(what) ||
           std::holds_alternative<UnsealAsked>(what) ||
           std::holds_alternative<UnsealDeclined>(what);
}

}  // namespace

void apply(const Process& process, Case& c, const Event& event) {
    const bool opens = std::holds_alternative<CaseOpened>(event.what);
    ++c.version;
    demand(opens == (c.version == 1), c,
           opens ? "opens the case again" : "the case was never opened");
    demand(!c.end || comes_after_the_end(event.what), c, "the case has ended");
    demand(opens || event.recorded >= c.last_recorded, c, "recorded before the previous event");
    std::visit(Apply{process, c, event}, event.what);
    c.last_recorded = event.recorded;
    // Reading a case must not prevent earlier acts from being entered.
    if (!std::holds_alternative<CaseRead>(event.what)) c.last_happened = event.happened;
    // The first event of each command carries the request. The following ones belong to it.
    if (event.request != 0) {
        c.answering = !event.key.empty();
        if (c.answering) c.keys.push_back({event.key, event.request, c.version - 1, c.version});
    } else if (c.answering) {
        c.keys.back().after = c.version;
    }
}

Case replay(const Process& process, const Events& events) {
    Case c;
    for (const auto& event : events) apply(process, c, event);
    return c;
}

}  // namespace workflow::engine
