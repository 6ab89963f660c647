#include "judge.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include <workflow/refusal.hpp>

namespace workflow::hostile {

namespace {

using Task = CaseFacts::Task;
constexpr std::size_t least_pool = 3;

/// Who may fill in which field: the fields of an act at that step.
bool may_write(const std::string& step, const std::string& field, const CaseFacts& c) {
    if (step == "intake")
        return field == "level" || field == "fee" ||
               (!c.accepted && (field == "id_number" || field == "years" || field == "account"));
    return step == "review" && field == "finding";
}

/// The actors write whole numbers.
long whole(const Value& value) {
    return std::stol(to_string(value));
}

bool is_plain(const std::string& id) {
    return !id.empty() && !id.starts_with(' ') && !id.ends_with(' ') &&
           std::none_of(id.begin(), id.end(), [](unsigned char c) { return c < 0x20; });
}

/// Ids of persons are the same in capitals.
std::string small(std::string id) {
    for (auto& c : id)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return id;
}

}  // namespace

/// One event of a case.
struct Judge::Visit {
    Judge& judge;
    CaseFacts& c;
    const CaseNumber& number;
    const Event& event;

    void broken(const char* promise, const std::string& what) const {
        judge.broken_.push_back(
            fmt::format("{}: {} ({} by {})", promise, what, number.text, event.actor.officer.text));
    }
    void must(bool holds, const char* promise, const std::string& what) const {
        if (!holds) broken(promise, what);
    }
    const Officer* officer(const std::string& id) const {
        const auto found = judge.officers_.find(id);
        return found == judge.officers_.end() ? nullptr : &found->second;
    }
    std::string person(const std::string& id) const {
        const auto* known = officer(id);
        return known ? known->person : id;
    }
    bool by_officer() const { return event.actor.kind == Actor::Kind::officer; }
    std::string acting() const { return person(event.actor.officer.text); }
    bool by_party() const {
        return event.actor.kind == Actor::Kind::applicant ||
               (event.actor.kind == Actor::Kind::agent && !c.agent.empty());
    }
    bool supervises() const {
        const auto* known = officer(event.actor.officer.text);
        return by_officer() && known && known->supervisor && known->hall == c.hall;
    }
    Task& task(TaskNumber task) const { return c.tasks[static_cast<std::uint32_t>(task)]; }

    /// Who has a duty of the case: nobody has two, and no party has any.
    void has_duty(const std::string& post, const std::string& who) const {
        must(who != c.applicant && who != c.agent, "own_case", who + " works on it");
        c.performed[post].insert(who);
        const bool by_rule = !event.batch.empty() && !event.batch.front().rule.empty();
        for (const auto& [other, persons] : c.performed)
            must(other == post || !persons.contains(who) || by_rule, "second_duty",
                 fmt::format("{} at {} and at {}", who, post, other));
    }
    /// Counts the duty for the acting officer, and for the officer who runs the script.
    void performs(const std::string& post) const {
        has_duty(post, acting());
        if (!event.batch.empty() && !event.batch.front().operated_by.empty())
            has_duty(post, person(event.batch.front().operated_by.text));
    }
    void writes(const FieldValues& fields) const {
        for (const auto& [field, value] : fields) c.fields[field.text] = value;
    }
    /// The applicant's own act, or an officer's who records it at a window of the case's hall.
    void belongs_to_applicant(const std::string& evidence, bool system_may) const {
        if (event.actor.kind == Actor::Kind::system)
            return must(system_may, "foreign_act", "a system acts for the applicant");
        if (!by_officer()) return must(by_party(), "foreign_act", "nobody of the case");
        const auto* known = officer(event.actor.officer.text);
        must(known && known->posts.contains("window") && known->hall == c.hall, "foreign_act",
             "an officer who does not accept in the hall");
        must(!evidence.empty(), "foreign_act", "an officer without evidence");
        for (const auto* post : {"reviewer", "expert", "counter"})
            must(!c.performed[post].contains(acting()), "foreign_act",
                 "an officer of another duty in the case");
    }

    void operator()(const CaseOpened& opened) const {
        c.applicant = small(opened.applicant.person.text);
        c.agent = opened.agent ? small(opened.agent->person.text) : "";
        c.hall = opened.hall.text;
        c.round = judge.decided_[c.applicant];
        must(is_plain(opened.applicant.person.text), "identity",
             "applicant `" + opened.applicant.person.text + "`");
        for (const auto& [field, value] : opened.fields)
            must(field.text == "id_number" || field.text == "years" || field.text == "account" ||
                     (field.text == "level" && value == Value(decimal_of(1))) ||
                     (field.text == "fee" && value == Value(decimal_of(0))),
                 "foreign_field", field.text + " at opening");
        writes(opened.fields);
        if (!by_officer()) return;
        c.received_by = acting();
        performs("window");
    }
    void operator()(const TaskOffered& offered) const {
        auto& made = task(offered.task);
        made.step = offered.step.text;
        if (offered.step.text == "study-1") c.favour = c.against = 0;
        if (offered.step.text != "pay") return;
        must(c.favour >= 2, "votes", "paid without a majority");
    }
    void operator()(const TaskDrawn& drawn) const {
        auto& given = task(drawn.task);
        given.holder = drawn.officer.text;
        for (const auto& exclusion : drawn.excluded) excluded(given, exclusion);
        if (drawn.officer.empty()) return;
        const auto& chosen = drawn.officer.text;
        must(!c.recused.contains(person(chosen)), "recused", chosen + " is drawn");
        must(!given.returned.contains(person(chosen)) || given.resolved, "returned",
             chosen + " is drawn again");
        must(std::find(drawn.candidates.begin(), drawn.candidates.end(), drawn.officer) !=
                 drawn.candidates.end(),
             "chosen", chosen + " is no candidate");
        has_duty(post_of(given.step), person(chosen));
        if (drawn.entropy == 0 && drawn.candidates.size() == 1)
            return must(c.step_done[given.step].contains(person(chosen)), "chosen",
                        chosen + " without a draw");
        if (!given.resolved) large_enough(given, drawn);
        stable(given, drawn);
    }
    /// Checks that the trail holds the reason why the officer was left out.
    void excluded(const Task& given, const Exclusion& exclusion) const {
        const auto who = person(exclusion.officer.text);
        if (exclusion.rule == static_cast<std::uint8_t>(RefusalCode::recused))
            must(c.recused.contains(who) || who == c.agent, "narrowed",
                 who + " is recused by nobody");
        if (exclusion.rule == static_cast<std::uint8_t>(RefusalCode::not_your_task))
            must(given.returned.contains(who), "narrowed", who + " gave nothing back");
    }
    /// Acts leave three, or the pool was smaller from the start.
    void large_enough(const Task& given, const TaskDrawn& drawn) const {
        std::set<std::string> lost;
        for (const auto& [id, known] : judge.officers_)
            if (known.posts.contains(post_of(given.step)) && could_have(given, known.person) &&
                (c.recused.contains(known.person) || given.returned.contains(known.person)))
                lost.insert(known.person);
        must(drawn.candidates.size() >= least_pool ||
                 drawn.candidates.size() + lost.size() < least_pool,
             "narrowed", fmt::format("drawn from {}", drawn.candidates.size()));
    }
    /// By what the person has done in the case, and is to it.
    bool could_have(const Task& given, const std::string& who) const {
        if (who == c.applicant || who == c.agent) return false;
        return std::all_of(c.performed.begin(), c.performed.end(), [&](const auto& duty) {
            return duty.first == post_of(given.step) || !duty.second.contains(who);
        });
    }
    /// Between two officers a matter always prefers the same one.
    void stable(const Task& given, const TaskDrawn& drawn) const {
        auto& known = judge.preferred_[fmt::format("{} {} {}", c.applicant, c.round, given.step)];
        const auto weighted = [&](std::size_t i) {
            const auto weight = drawn.figures.empty() ? 1 : drawn.figures[i];
            return fmt::format("{}*{}", drawn.candidates[i].text, weight);
        };
        const auto chosen = static_cast<std::size_t>(
            std::find(drawn.candidates.begin(), drawn.candidates.end(), drawn.officer) -
            drawn.candidates.begin());
        for (std::size_t i = 0; i < drawn.candidates.size(); ++i) {
            if (i == chosen) continue;
            must(
                !known.contains({weighted(i), weighted(chosen)}), "chosen",
                fmt::format("{} instead of {} for the same matter", weighted(chosen), weighted(i)));
            known.insert({weighted(chosen), weighted(i)});
        }
    }
    void operator()(const TaskClaimed& claimed) const {
        auto& taken = task(claimed.task);
        must(!is_drawn(taken.step), "chosen", claimed.officer.text + " takes a drawn task");
        taken.holder = claimed.officer.text;
        has_duty(post_of(taken.step), acting());
    }
    void operator()(const TaskHandedOver& handed) const {
        auto& given = task(handed.task);
        const auto from = handed.from.text;
        using Way = TaskHandedOver::Way;
        if (handed.way == Way::delegated || handed.way == Way::reassigned) {
            must(!is_drawn(given.step), "chosen", handed.to.text + " is given a drawn task");
            has_duty(post_of(given.step), person(handed.to.text));
        }
        if (handed.way == Way::reassigned)
            must(supervises(), "foreign_act", "reassigned by no supervisor of the hall");
        if (handed.way == Way::delegated || handed.way == Way::returned)
            must(event.actor.officer.text == from, "foreign_act", "handed over by another");
        if (handed.way == Way::returned && is_drawn(given.step))
            given.returned.insert(person(from));
        given.holder = handed.to.text;
    }
    void operator()(const TaskCompleted& done) const {
        auto& ended = task(done.task);
        must(by_officer() && done.officer == event.actor.officer, "foreign_act",
             "completed for another");
        const auto* known = officer(done.officer.text);
        must(known && known->posts.contains(post_of(ended.step)), "foreign_act",
             done.officer.text + " is not on the post");
        must(!is_drawn(ended.step) || ended.holder == done.officer.text, "chosen",
             done.officer.text + " was not drawn");
        must(is_drawn(ended.step) || !known || known->hall == c.hall, "foreign_act",
             done.officer.text + " is of another hall");
        performs(post_of(ended.step));
        c.step_done[ended.step].insert(acting());
        if (ended.step.starts_with("study")) sits_once(ended);
        ended.open = false;
        for (const auto& [field, value] : done.fields) {
            must(may_write(ended.step, field.text, c), "foreign_field",
                 field.text + " at " + ended.step);
            const bool of_form =
                field.text == "id_number" || field.text == "years" || field.text == "account";
            if (of_form && !(c.fields[field.text] == value)) c.uncorrected.insert(field.text);
        }
        writes(done.fields);
        if (ended.step == "intake" && done.outcome.text == "accept") {
            must(whole(c.fields["fee"]) == 10 * whole(c.fields["years"]), "computed",
                 "the fee is not what the rule says");
        } else {
            must(std::none_of(done.fields.begin(), done.fields.end(),
                              [](const auto& field) { return field.first.text == "fee"; }),
                 "computed", "the fee is supplied");
        }
        if (done.outcome.text == "deliver")
            must(!c.fields["account"].is_null(), "votes", "paid to no account");
        if (done.outcome.text == "favour") ++c.favour;
        if (done.outcome.text == "against") ++c.against;
        for (const auto* outcome : {"decline", "reject", "favour", "against"})
            if (done.outcome.text == outcome) decides();
    }
    void sits_once(const Task& vote) const {
        for (const auto& [step, persons] : c.step_done)
            must(step == vote.step || !step.starts_with("study") || !persons.contains(acting()),
                 "second_duty", acting() + " votes twice");
    }
    void decides() const {
        if (!c.decided) ++judge.decided_[c.applicant];
        c.decided = true;
    }
    void operator()(const FieldsCorrected& corrected) const {
        for (const auto& field : corrected.fields) c.uncorrected.erase(field.text);
    }
    void operator()(const TaskCancelled& cancelled) const { task(cancelled.task).open = false; }
    void operator()(const CaseAccepted&) const { c.accepted = true; }
    void operator()(const MaterialsSupplied& supplied) const {
        belongs_to_applicant(supplied.evidence, true);
        if (by_officer()) performs("window");
        for (const auto& [field, value] : supplied.fields)
            must(c.decided ? field.text == "account"
                           : field.text == "id_number" || field.text == "years" ||
                                 field.text == "account",
                 "foreign_field", field.text + " is supplied");
        writes(supplied.fields);
    }
    void operator()(const CaseWithdrawn& withdrawn) const {
        belongs_to_applicant(withdrawn.evidence, false);
        must(!c.decided, "foreign_act", "withdrawn after the decision");
    }
    void operator()(const CaseEnded& ended) const {
        c.ended = true;
        if (ended.end == EndKind::granted) must(c.favour >= 2, "votes", "granted");
        if (ended.end == EndKind::refused && c.favour + c.against > 0)
            must(c.against >= 2, "votes", "refused against the majority");
    }
    void operator()(const CaseUrged&) const {
        must(by_party() || supervises(), "foreign_act", "urged by a stranger");
    }
    void operator()(const RecusalAsked& asked) const {
        const auto who = person(asked.officer.text);
        // A system passes on what the applicant asked with the application.
        must(event.actor.kind != Actor::Kind::engine, "foreign_act", "a recusal asked by nobody");
        if (by_officer() && acting() == who) {
            c.recused.insert(who);
            return;
        }
        if (!by_officer()) c.named.insert(asked.officer.text);
        c.recusals.push_back({who, by_officer() ? acting() : "", asked.officer.text});
    }
    void operator()(const RecusalDecided& decided) const {
        const auto who = person(decided.officer.text);
        const auto* known = officer(event.actor.officer.text);
        must(by_officer() && known && known->supervisor, "second_person",
             "a recusal decided by no supervisor");
        const auto asked =
            std::find_if(c.recusals.begin(), c.recusals.end(),
                         [&](const CaseFacts::Request& one) { return one.officer == who; });
        must(asked != c.recusals.end(), "second_person", "a recusal that nobody asked for");
        for (const auto& one : c.recusals)
            must(one.officer != who || one.asker != acting(), "second_person",
                 "a recusal decided by who asked");
        must(acting() != who && acting() != c.applicant && acting() != c.agent, "second_person",
             "a recusal decided by one concerned");
        if (decided.granted) c.recused.insert(who);
        std::erase_if(c.recusals,
                      [&](const CaseFacts::Request& one) { return one.officer == who; });
    }
    void operator()(const StrandedResolved& resolved) const {
        auto& waits = task(resolved.task);
        const auto* known = officer(event.actor.officer.text);
        must(supervises() || (known && known->supervisor && nobody_supervises(waits)),
             "foreign_act", "a way out chosen by no supervisor of the hall");
        must(!waits.returned.contains(acting()), "second_person", "by who gave the task back");
        waits.resolved = true;
    }
    [[nodiscard]] bool is_absent(const Officer& known) const {
        const auto day = local_date(event.happened, event.offset);
        return std::any_of(known.absent.begin(), known.absent.end(), [&](const auto& days) {
            return !(day < days.first) && !(days.second < day);
        });
    }
    /// Where the hall's supervisors are absent or have a side, one of another hall stands in.
    bool nobody_supervises(const Task& waits) const {
        return std::none_of(judge.officers_.begin(), judge.officers_.end(), [&](const auto& one) {
            const auto& [id, known] = one;
            return known.supervisor && known.hall == c.hall && !is_absent(known) &&
                   known.person != c.applicant && known.person != c.agent &&
                   !c.recused.contains(known.person) && !waits.returned.contains(known.person);
        });
    }
    void operator()(const UnsealAsked& asked) const {
        must(by_officer(), "foreign_act", "unsealed for nobody");
        c.unseal_asked.emplace_back(event.actor.officer.text, asked.what);
    }
    void operator()(const CaseUnsealed& shown) const {
        must(supervises(), "second_person", "unsealed by no supervisor of the hall");
        must(person(shown.officer.text) != acting(), "second_person", "unsealed by who asked");
        must(!c.performed["reviewer"].contains(acting()) &&
                 !c.performed["expert"].contains(acting()),
             "second_person", "unsealed by a reviewer");
        const std::pair wanted{shown.officer.text, shown.what};
        must(
            std::find(c.unseal_asked.begin(), c.unseal_asked.end(), wanted) != c.unseal_asked.end(),
            "second_person", "unsealed though nobody asked");
        c.unsealed.insert({person(shown.officer.text), shown.what});
    }
    void operator()(const RatingSetAside&) const {
        must(supervises(), "foreign_act", "a rating set aside by no supervisor");
    }

    // What follows from these, or from time alone.
    void operator()(const TimerArmed&) const {}
    void operator()(const TimerFired&) const { by_time(); }
    void operator()(const ClockPaused&) const {}
    void operator()(const ClockResumed&) const {}
    void operator()(const LimitPassed&) const {}
    void operator()(const LimitsComputed&) const {}
    void operator()(const LimitExtended&) const {}
    void operator()(const WarningsSet&) const {}
    void operator()(const LimitNear&) const {}
    void operator()(const TaskEscalated&) const {}
    void operator()(const DaysRecounted&) const {}
    void operator()(const CaseSampled&) const {}
    void operator()(const TaskStranded&) const {}
    void operator()(const UnsealDeclined&) const {}
    void operator()(const RatingInvited&) const {}
    void operator()(const CaseRated&) const {
        must(by_party(), "foreign_act", "rated by a stranger");
    }
    void operator()(const RatingSupplemented&) const {
        must(by_party(), "foreign_act", "rated by a stranger");
    }
    void operator()(const CaseRead&) const {}
    void by_time() const {
        must(event.actor.kind == Actor::Kind::engine || event.actor.kind == Actor::Kind::system,
             "foreign_act", "somebody lets time pass");
    }

    // Of the journal.
    void operator()(const StaffChanged&) const { of_journal(); }
    void operator()(const DefinitionPublished&) const { of_journal(); }
    void operator()(const ClockSetBack&) const { of_journal(); }
    void operator()(const PersonErased&) const { of_journal(); }
    void operator()(const ReadingStopped&) const { of_journal(); }
    void operator()(const StaffProposed&) const { of_journal(); }
    void operator()(const StaffDeclined&) const { of_journal(); }
    void of_journal() const { broken("order", "it belongs to the journal"); }
};

void Judge::read(const CaseNumber& number, const Events& trail) {
    auto& c = cases_[number.text];
    for (auto& seen = seen_[number.text]; seen < trail.size(); ++seen) {
        const auto& event = trail[seen];
        const Visit visit{*this, c, number, event};
        if (event.request != 0)
            visit.must(c.uncorrected.empty(), "foreign_field", "a correction that nobody is told");
        visit.must(event.happened <= event.recorded, "time", "it happened after it was recorded");
        visit.must(seen == 0 || trail[seen - 1].recorded <= event.recorded, "time",
                   "recorded before the event before it");
        if (visit.by_officer()) {
            visit.must(officers_.contains(event.actor.officer.text), "identity",
                       "`" + event.actor.officer.text + "` is no officer");
            if (!std::holds_alternative<UnsealAsked>(event.what))
                visit.must(visit.acting() != c.applicant || c.applicant.empty(), "own_case",
                           visit.acting() + " acts as an officer");
        }
        std::visit(visit, event.what);
    }
    if (!c.uncorrected.empty())
        broken_.push_back("foreign_field: a correction that nobody is told (" + number.text + ")");
}

void Judge::read_journal(const Events& journal) {
    for (; journal_seen_ < journal.size(); ++journal_seen_) {
        const auto& event = journal[journal_seen_];
        const auto* changed = std::get_if<StaffChanged>(&event.what);
        if (!changed) continue;
        const auto broken = [&](const std::string& what) {
            broken_.push_back(fmt::format("second_person: {} ({} of {})", what,
                                          event.actor.officer.text, changed->officer.text));
        };
        const auto& id = changed->officer;
        const auto* absent = std::get_if<OfficerAbsent>(&changed->change);
        const bool own = absent && person(event.actor.officer.text) == person(id.text);
        if (event.actor.kind == Actor::Kind::officer && !own) {
            if (changed->proposal == 0) {
                if (!std::holds_alternative<OfficerSeated>(changed->change))
                    broken("a change by one alone");
            } else {
                const auto& asked = journal[changed->proposal - 1];
                if (person(asked.actor.officer.text) == person(event.actor.officer.text))
                    broken("confirmed by who proposed it");
                if (person(id.text) == person(event.actor.officer.text))
                    broken("confirmed by whom it concerns");
            }
            const auto known = officers_.find(event.actor.officer.text);
            if (known == officers_.end() || !known->second.supervisor)
                broken("a change by no supervisor");
        }
        auto& officer = officers_[id.text];
        if (const auto* joined = std::get_if<OfficerJoined>(&changed->change)) {
            officer.person = joined->person.empty() ? id.text : small(joined->person.text);
            officer.hall = joined->hall.text;
        }
        if (absent) officer.absent.emplace_back(absent->from, absent->to);
        if (const auto* moved = std::get_if<OfficerMoved>(&changed->change))
            officer.hall = moved->hall.text;
        if (const auto* posted = std::get_if<OfficerPosted>(&changed->change)) {
            officer.posts.clear();
            for (const auto& post : posted->posts) officer.posts.insert(post.text);
        }
        if (const auto* supervises = std::get_if<OfficerSupervises>(&changed->change))
            officer.supervisor = supervises->supervisor;
        if (const auto* weighted = std::get_if<OfficerWeighted>(&changed->change))
            if (weighted->weight < 1 || weighted->weight > 10) broken("a weight out of bounds");
    }
}

}  // namespace workflow::hostile
