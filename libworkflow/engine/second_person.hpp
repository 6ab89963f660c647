#pragma once

/// Changes of the organization that shape draws or give rights: which need a second person, what
/// waits for one, and who that may be. Pure; everything follows from organization and journal.

#include <map>
#include <optional>
#include <span>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// Does the change decide who can be drawn, how likely, or who signs for whom? All do but a window.
bool asks_for_two(const StaffChange& change);

/// What waits for a second person, oldest first. `journal`: all of it, from its first event.
std::vector<StaffProposal> open_proposals(const Events& journal);

/// Who owes an account to whom: who made it, or made it a supervisor's, with or without a second
/// person. Keeps a reference to the organization.
class Ties {
public:
    Ties(const definition::Organization& organization, const Events& journal);

    /// Does the account come from the person, directly or by accounts that come from them?
    [[nodiscard]] bool comes_from(const OfficerId& account, const PersonId& person) const;

private:
    const definition::Organization* organization_;
    std::map<OfficerId, std::vector<OfficerId>> givers_;
};

/// Does an officer declare their own absence? That holds at once: whoever is drawn may step back,
/// and taking oneself out favours nobody of one's choice.
bool is_own_absence(const definition::Organization& organization, const ChangeStaff& change,
                    const Actor& actor);

/// May the change not be made by the actor alone? So it is with all that asks for two where the
/// organization requires a second person; and everywhere with rights for an account that comes from
/// the actor, as long as there is anybody who may confirm them.
bool needs_second_person(const definition::Organization& organization, const Ties& ties,
                         const ChangeStaff& change, const Actor& actor);

/// The rule that keeps the actor from confirming or declining, or nothing: unknown_officer, absent,
/// not_supervisor, second_person. A supervisor of any hall confirms, who is neither the human being
/// who proposed nor the one concerned, and whose account has no tie with the proposer's. Whoever
/// proposed may decline. `today`: at the actor's hall.
std::optional<Refusal> refuse_confirmation(const definition::Organization& organization,
                                           const Ties& ties, const StaffProposal& proposal,
                                           bool confirmed, const Actor& actor, Date today);

/// The human being whom a change is about, once it is made.
PersonId person_after(const definition::Organization& organization, const OfficerId& officer,
                      const StaffChange& change);

}  // namespace workflow::engine
