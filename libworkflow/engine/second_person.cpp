#include "second_person.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "../base/identity.hpp"
#include "draft.hpp"
#include "staff.hpp"

namespace workflow::engine {

using definition::Organization;

namespace {

PersonId person_of(const Organization& organization, const OfficerId& account) {
    const auto* officer = organization.officer(account);
    return officer ? officer->person : PersonId(account.text);
}

/// Returns whether the change gives an account additional rights.
bool gives_rights(const StaffChange& change) {
    if (const auto* supervises = std::get_if<OfficerSupervises>(&change))
        return supervises->supervisor;
    return std::holds_alternative<OfficerPosted>(change) ||
           std::holds_alternative<OfficerQualified>(change) ||
           std::holds_alternative<OfficerSubstitutes>(change) ||
           std::holds_alternative<OfficerKeyed>(change);
}

/// Returns whether neither account originates from the other.
bool independent(const Organization& organization, const Ties& ties, const OfficerId& one,
                 const OfficerId& other) {
    const auto first = person_of(organization, one), second = person_of(organization, other);
    return first != second && !ties.comes_from(one, second) && !ties.comes_from(other, first);
}

/// Returns whether some supervisor could confirm what `proposer` requests for the person.
bool somebody_confirms(const Organization& organization, const Ties& ties,
                       const OfficerId& proposer, const PersonId& concerned) {
    return std::any_of(organization.officers.begin(), organization.officers.end(),
                       [&](const definition::Officer& one) {
                           return one.supervisor && !one.left && one.person != concerned &&
                                  independent(organization, ties, one.id, proposer);
                       });
}

}  // namespace

bool asks_for_two(const StaffChange& change) {
    return !std::holds_alternative<OfficerSeated>(change);
}

std::vector<StaffProposal> open_proposals(const Events& journal) {
    std::vector<StaffProposal> open;
    const auto close = [&](std::uint32_t number) {
        std::erase_if(open, [&](const StaffProposal& one) { return one.number == number; });
    };
    for (std::uint32_t number = 1; number <= journal.size(); ++number) {
        const auto& event = journal[number - 1];
        if (const auto* asked = std::get_if<StaffProposed>(&event.what))
            open.push_back({number, asked->officer, asked->change, asked->reason,
                            event.actor.officer, event.recorded});
        if (const auto* changed = std::get_if<StaffChanged>(&event.what)) close(changed->proposal);
        if (const auto* declined = std::get_if<StaffDeclined>(&event.what))
            close(declined->proposal);
    }
    return open;
}

Ties::Ties(const Organization& organization, const Events& journal) : organization_(&organization) {
    for (const auto& event : journal) {
        const auto* changed = std::get_if<StaffChanged>(&event.what);
        if (!changed) continue;
        const auto* supervises = std::get_if<OfficerSupervises>(&changed->change);
        const bool makes = std::holds_alternative<OfficerJoined>(changed->change) ||
                           (supervises && supervises->supervisor);
        if (!makes) continue;
        const auto& asked = changed->proposal == 0 || changed->proposal > journal.size()
                                ? event
                                : journal[changed->proposal - 1];
        if (asked.actor.kind == Actor::Kind::officer)
            givers_[changed->officer].push_back(asked.actor.officer);
    }
}

bool Ties::comes_from(const OfficerId& account, const PersonId& person) const {
    std::set<OfficerId> seen;
    std::vector<OfficerId> ask{account};
    while (!ask.empty()) {
        const auto next = ask.back();
        ask.pop_back();
        const auto known = givers_.find(next);
        if (known == givers_.end() || !seen.insert(next).second) continue;
        for (const auto& giver : known->second) {
            if (person_of(*organization_, giver) == person) return true;
            ask.push_back(giver);
        }
    }
    return false;
}

bool is_own_absence(const Organization& organization, const ChangeStaff& change,
                    const Actor& actor) {
    if (actor.kind != Actor::Kind::officer || !std::holds_alternative<OfficerAbsent>(change.change))
        return false;
    const auto* own = organization.officer(actor.officer);
    const auto* officer = organization.officer(change.officer);
    return own && officer && own->person == officer->person;
}

bool needs_second_person(const Organization& organization, const Ties& ties,
                         const ChangeStaff& change, const Actor& actor) {
    if (actor.kind != Actor::Kind::officer || is_own_absence(organization, change, actor))
        return false;
    if (organization.second_person && asks_for_two(change.change)) return true;
    return gives_rights(change.change) &&
           ties.comes_from(change.officer, person_of(organization, actor.officer)) &&
           somebody_confirms(organization, ties, actor.officer,
                             person_of(organization, change.officer));
}

std::optional<Refusal> refuse_confirmation(const Organization& organization, const Ties& ties,
                                           const StaffProposal& proposal, bool confirmed,
                                           const Actor& actor, Date today) {
    if (actor.kind == Actor::Kind::engine) return {};
    if (auto refusal = refuse_supervision(organization, actor, today)) return refusal;
    const auto person = person_of(organization, actor.officer);
    const bool own = person == person_of(organization, proposal.by);
    if (own && !confirmed) return {};
    const auto second = [&](std::string_view why) {
        return refuse(RefusalCode::second_person,
                      fmt::format("{} {}; another supervisor must decide on proposal {}",
                                  actor.officer.text, why, proposal.number));
    };
    if (own) return second("made the proposal");
    const auto concerned = person_after(organization, proposal.officer, proposal.change);
    if (person == concerned || ties.comes_from(actor.officer, concerned))
        return second("is concerned by the proposal");
    if (confirmed && !independent(organization, ties, actor.officer, proposal.by))
        return second("created the account of the proposer, or the other way round");
    return {};
}

PersonId person_after(const Organization& organization, const OfficerId& id,
                      const StaffChange& change) {
    if (const auto* officer = organization.officer(id)) return officer->person;
    const auto* joined = std::get_if<OfficerJoined>(&change);
    return joined && !joined->person.empty() ? PersonId(normalized_person_id(joined->person.text))
                                             : PersonId(id.text);
}

}  // namespace workflow::engine
