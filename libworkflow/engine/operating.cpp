#include "operating.hpp"

#include <vector>

#include <fmt/format.h>

#include "../base/identity.hpp"
#include "authorization.hpp"

namespace workflow::engine {

using definition::BatchRule;
using process::MemberMask;

namespace {

/// Returns the members that the tasks of the rule's duties perform.
MemberMask allowed_by(const process::Process& process, const BatchRule& rule) {
    MemberMask members = 0;
    for (const auto& duty : rule.duties) members |= process.member(duty.text);
    for (const auto& place : process.places) {
        const auto* task = std::get_if<process::TaskActivity>(&place.activity);
        if (task && rule.allows(task->duty)) members |= task->members;
    }
    return members;
}

/// Returns whether both accounts belong to one human being.
bool same_person(const Draft& draft, const OfficerId& one, const OfficerId& other) {
    if (one == other) return true;
    const auto* first = draft.organization().officer(one);
    const auto* second = draft.organization().officer(other);
    return first && second && first->person == second->person;
}

struct Done {
    MemberMask by_hand = 0, by_script = 0;
};

Done done_by(const Draft& draft, const OfficerId& operated_by) {
    Done done;
    for (const auto& earlier : draft.c.operated)
        if (earlier.officer.empty() || operated_by.empty() ||
            same_person(draft, earlier.officer, operated_by))
            done.by_script |= earlier.members;
    if (operated_by.empty()) return done;
    for (const auto& earlier : draft.c.performed)
        if (same_person(draft, earlier.officer, operated_by)) done.by_hand |= earlier.members;
    // Acts by a script in their name, or run by them, do not count as done by hand.
    done.by_hand &= ~done.by_script;
    return done;
}

}  // namespace

std::optional<Refusal> know_operator(const Draft& draft) {
    const auto& batch = draft.command.batch;
    if (!batch || batch->operated_by.empty()) return {};
    const auto& id = batch->operated_by;
    const auto* officer = draft.organization().officer(id);
    if (!officer)
        return refuse(
            RefusalCode::unknown_officer,
            fmt::format("there is no officer {}, who is named as running the batch", id.text));
    // The batch is run today, whatever days it enters.
    const auto today = draft.organization().clock_of(officer->hall).day_of(draft.facts.now);
    if (!process::present(*officer, today))
        return refuse(RefusalCode::absent, fmt::format("{}, who runs the batch, is absent on {}",
                                                       id.text, to_string(today)));
    const auto* open = std::get_if<OpenCase>(&draft.command.action);
    if (!open) return party(draft.c.parties(), *officer);
    const PersonId applicant(normalized_person_id(open->applicant.person.text));
    std::vector<PersonId> agent;
    if (open->agent) agent.emplace_back(normalized_person_id(open->agent->person.text));
    return party({applicant, agent}, *officer);
}

std::optional<Refusal> may_operate(Draft& draft, MemberMask members, const DutyId& duty) {
    const auto& batch = draft.command.batch;
    if (!batch) return {};
    const auto conflicts = draft.process.conflicts_of(members);
    if (conflicts == 0) return {};
    const auto done = done_by(draft, batch->operated_by);
    const auto who =
        batch->operated_by.empty() ? "an account of the machine" : batch->operated_by.text;
    if ((done.by_hand & conflicts) != 0)
        return refuse(
            RefusalCode::separated,
            fmt::format("{}, who runs the batch, has performed by hand a duty incompatible with {}",
                        who, duty.text));
    if ((done.by_script & conflicts) == 0) return {};
    for (const auto& rule : draft.organization().batch_rules) {
        if (!rule.allows(draft.process.item)) continue;
        const auto allowed = allowed_by(draft.process, rule);
        if ((members & ~allowed) != 0 || (done.by_script & conflicts & ~allowed) != 0) continue;
        draft.batch_rule = rule.name;
        return {};
    }
    return refuse(
        RefusalCode::separated,
        fmt::format("scripts that {} ran performed a duty incompatible with {}, and no rule of the "
                    "organization (`batch: rules`) lets a script perform both for {}",
                    who, duty.text, draft.process.item.text));
}

}  // namespace workflow::engine
