#include "case_state.hpp"

#include <algorithm>

#include "../base/identity.hpp"
#include "../crypto/digest.hpp"

namespace workflow::engine {

namespace {

/// Serializes a state: numbers of fixed width, texts and lists with their lengths before them.
class Bytes {
public:
    template <class Number>
    void number(Number value) {
        auto rest = static_cast<std::uint64_t>(value);
        for (int i = 0; i < 8; ++i, rest >>= 8) text_.push_back(static_cast<char>(rest & 0xff));
    }
    void text(const std::string& value) {
        number(value.size());
        text_ += value;
    }
    template <class Kind>
    void add(const Id<Kind>& id) {
        text(id.text);
    }
    void add(bool value) { number(value ? 1 : 0); }
    void add(std::uint16_t value) { number(value); }
    void add(std::uint32_t value) { number(value); }
    void add(std::uint64_t value) { number(value); }
    void add(Date value) { number(value.days); }
    void add(Instant value) { number(value.microseconds); }
    void add(EndKind value) { number(static_cast<int>(value)); }
    void add(MaterialState value) { number(static_cast<int>(value)); }
    // A value's literal distinguishes its kind: "1" and 1 differ.
    void add(const Value& value) { text(to_string(value)); }
    void add(const Token& token) {
        add(token.place);
        add(token.count);
    }
    void add(const Task& task) {
        number(workflow::number(task.number));
        add(task.place);
        add(task.holder);
        add(task.due);
        add(task.overdue);
        add(task.escalated);
        add(task.undrawn);
        list(task.returned);
        add(task.stranded);
        add(task.widened);
        add(task.small_pool);
        add(task.offered);
    }
    void add(const Timer& timer) {
        add(timer.transition);
        add(timer.armed);
        add(timer.due);
        add(timer.moment);
    }
    void add(const process::Performance& performance) {
        add(performance.officer);
        add(performance.members);
    }
    void add(const LastPerformer& last) {
        add(last.place);
        add(last.officer);
    }
    void add(const OutcomeCount& count) {
        add(count.transition);
        add(count.times);
    }
    void add(const Warning& warning) {
        number(static_cast<int>(warning.kind));
        number(workflow::number(warning.task));
        number(static_cast<int>(warning.signal));
        add(warning.from);
    }
    void add(const Urging& urging) {
        add(urging.officer);
        add(urging.last);
    }
    void add(Grade grade) { number(static_cast<int>(grade)); }
    void add(const Rateable& rateable) {
        number(workflow::number(rateable.task));
        add(rateable.officer);
        text(std::string(view(rateable.token)));
        add(rateable.grade);
        add(rateable.supplemented);
        add(rateable.set_aside);
    }
    void add(const Unsealing& unsealing) {
        add(unsealing.officer);
        number(static_cast<int>(unsealing.what));
    }
    void add(const Actor& actor) {
        number(static_cast<int>(actor.kind));
        add(actor.officer);
    }
    void add(const OpenRecusal& recusal) {
        add(recusal.officer);
        add(recusal.person);
        add(recusal.asked_by);
    }
    void add(const Reading& reading) {
        add(reading.officer);
        text(reading.purpose);
        add(reading.day);
    }
    void add(const AnsweredKey& key) {
        add(key.key);
        add(key.request);
        add(key.before);
        add(key.after);
    }
    void add(const DaySpan& span) {
        add(span.from);
        add(span.to);
    }
    void add(const LegalClock& clock) {
        number(clock.limit.amount);
        number(static_cast<int>(clock.limit.unit));
        add(clock.start);
        list(clock.excluded);
        add(clock.paused_since);
    }
    template <class T>
    void add(const std::optional<T>& value) {
        add(value.has_value());
        if (value) add(*value);
    }
    template <class Entries>
    void list(const Entries& entries) {
        number(entries.size());
        for (const auto& entry : entries) add(entry);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

Date day_after(Date day) {
    return {day.days + 1};
}

}  // namespace

const Task* Case::task(TaskNumber wanted) const {
    for (const auto& open_task : tasks)
        if (open_task.number == wanted) return &open_task;
    return nullptr;
}

std::uint16_t Case::tokens(process::PlaceIndex place) const {
    for (const auto& token : marking)
        if (token.place == place) return token.count;
    return 0;
}

void remember(Case& c, process::PlaceIndex place, const OfficerId& officer) {
    for (auto& last : c.last_performers)
        if (last.place == place) {
            last.officer = officer;
            return;
        }
    c.last_performers.push_back({place, officer});
}

void count(Case& c, TransitionIndex outcome) {
    const auto at = std::lower_bound(
        c.outcomes.begin(), c.outcomes.end(), outcome,
        [](const OutcomeCount& entry, TransitionIndex index) { return entry.transition < index; });
    if (at != c.outcomes.end() && at->transition == outcome)
        ++at->times;
    else
        c.outcomes.insert(at, OutcomeCount{outcome, 1});
}

process::RoleSet ahead_of(const process::Process& process, const Marking& marking) {
    process::RoleSet ahead = 0;
    for (const auto& token : marking) ahead |= process.places[token.place].ahead;
    return ahead;
}

std::optional<Date> wake_day(const Case& c) {
    if (!c.open()) return {};
    std::optional<Date> first;
    const auto wake = [&](Date day) {
        if (!first || day < *first) first = day;
    };
    for (const auto& timer : c.timers) wake(timer.moment ? timer.due : day_after(timer.due));
    for (const auto& task : c.tasks) {
        if (task.undrawn) wake(Date{});
        if (task.due && !task.overdue) wake(day_after(*task.due));
    }
    for (const auto& warning : c.warnings) wake(warning.from);
    // The day of the notice is unknown, so every advance checks, as it does for a draw.
    if (c.provisional && !c.paused) wake(Date{});
    if (c.promised_due && !c.promised_passed) wake(day_after(*c.promised_due));
    if (c.statutory_due && !c.statutory_passed) wake(day_after(*c.statutory_due));
    return first;
}

std::string canonical(const Case& c) {
    Bytes bytes;
    bytes.add(c.version);
    bytes.add(c.number);
    bytes.add(c.applicant);
    bytes.list(c.others);
    bytes.add(c.hall);
    bytes.add(c.mode);
    bytes.add(c.by_proxy);
    bytes.add(c.comes_first);
    bytes.add(c.anywhere);
    bytes.add(c.appointment);
    bytes.add(c.opened);
    bytes.add(c.last_recorded);
    bytes.add(c.last_happened);
    bytes.list(c.marking);
    bytes.list(c.tasks);
    bytes.add(c.last_task);
    bytes.list(c.timers);
    bytes.list(c.fields);
    bytes.list(c.materials);
    bytes.list(c.performed);
    bytes.list(c.operated);
    bytes.list(c.last_performers);
    bytes.list(c.outcomes);
    bytes.add(c.statutory);
    bytes.add(c.promised);
    bytes.add(c.statutory_due);
    bytes.add(c.promised_due);
    bytes.add(c.provisional);
    bytes.add(c.statutory_passed);
    bytes.add(c.promised_passed);
    bytes.add(c.extended);
    bytes.list(c.warnings);
    bytes.list(c.urgings);
    bytes.add(c.times_urged);
    bytes.list(c.rateable);
    bytes.list(c.unsealed);
    bytes.list(c.unseal_asked);
    bytes.list(c.recusals);
    bytes.add(c.keyed_on);
    bytes.add(c.round);
    bytes.add(c.keyed);
    bytes.add(c.draw_decided);
    bytes.list(c.readings);
    bytes.add(c.received);
    bytes.add(c.accepted);
    bytes.add(c.paused);
    bytes.add(c.decided);
    bytes.list(c.frozen);
    bytes.add(c.end);
    bytes.list(c.keys);
    bytes.add(c.answering);
    return bytes.take();
}

void name_parties(Case& c, const CaseOpened& opened) {
    c.applicant = opened.applicant.person;
    if (auto party = normalized_person_id(c.applicant.text); party != c.applicant.text)
        c.party = PersonId(std::move(party));
    if (opened.agent && !opened.agent->person.empty())
        c.others.emplace_back(normalized_person_id(opened.agent->person.text));
    for (const auto& recused : opened.recused)
        c.others.emplace_back(normalized_person_id(recused.text));
}

}  // namespace workflow::engine
