#pragma once

/// Changes of the organization that affect draws or give rights: which need a second person, which
/// are pending, and who may confirm them. Pure: depends only on organization and journal.

#include <map>
#include <optional>
#include <span>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// Returns whether the change affects who can be drawn, the probabilities, or who signs for whom.
/// All changes do, except the window.
bool asks_for_two(const StaffChange& change);

/// Returns the changes that wait for a second person, oldest first. `journal`: all of it, from its
/// first event.
std::vector<StaffProposal> open_proposals(const Events& journal);

/// Which account originates from which: who created it, or made it a supervisor, with or without a
/// second person. Keeps a reference to the organization.
class Ties {
public:
    Ties(const definition::Organization& organization, const Events& journal);

    /// Returns whether the account originates from the person, directly or through other accounts.
    [[nodiscard]] bool comes_from(const OfficerId& account, const PersonId& person) const;

private:
    const definition::Organization* organization_;
    std::map<OfficerId, std::vector<OfficerId>> givers_;
};

/// Returns whether an officer declares their own absence. It takes effect at once: anyone drawn may
/// step back, and stepping back does not favour a person of one's choice.
bool is_own_absence(const definition::Organization& organization, const ChangeStaff& change,
                    const Actor& actor);

/// Returns whether the actor may not make the change alone. This applies to all changes under
/// `asks_for_two` where the organization requires a second person. It always applies to rights for
/// an account that originates from the actor, as long as somebody can confirm them.
bool needs_second_person(const definition::Organization& organization, const Ties& ties,
                         const ChangeStaff& change, const Actor& actor);

/// Refuses the actor's confirmation or declining: unknown_officer, absent, not_supervisor,
/// second_person. A supervisor of any hall may confirm who is neither the proposing human being nor
/// the one concerned, and whose account has no tie to the proposer's. The proposer may decline.
/// `today`: at the actor's hall.
std::optional<Refusal> refuse_confirmation(const definition::Organization& organization,
                                           const Ties& ties, const StaffProposal& proposal,
                                           bool confirmed, const Actor& actor, Date today);

/// Returns the human being whom a change concerns, after the change.
PersonId person_after(const definition::Organization& organization, const OfficerId& officer,
                      const StaffChange& change);

}  // namespace workflow::engine
