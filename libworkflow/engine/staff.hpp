#pragma once

/// Changes of the organization: what a change makes of it, and who may ask for which.

#include <optional>
#include <span>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"
#include "second_person.hpp"

namespace workflow::engine {

/// What the change makes of the organization. What names somebody, or a post or hall, that is no
/// longer there changes nothing: the organization's file has gone on since.
void apply(definition::Organization& organization, const StaffChanged& changed);

/// The rule that keeps the actor from what only supervisors and the engine do, or nothing:
/// unknown_officer, absent, not_supervisor. `today`: at the actor's hall.
std::optional<Refusal> refuse_supervision(const definition::Organization& organization,
                                          const Actor& actor, Date today);

/// The rule that refuses `change`, or nothing: unknown_officer, not_supervisor, absent, own_affair,
/// reason_required, unknown_hall, unknown_post, posts_apart, unknown_item, unknown_window,
/// not_on_post, unknown_shift, field_invalid, field_missing, same_person, text_invalid,
/// nothing_changed. Supervisors change what concerns officers of their own hall, the engine (the
/// application that links it) everybody; nobody what concerns themselves, from whatever account of
/// theirs or that comes from them, but that they will be absent. `today`: at the actor's hall.
std::optional<Refusal> refuse_change(const definition::Organization& organization,
                                     std::span<const ItemId> items, const Ties& ties,
                                     const ChangeStaff& change, const Actor& actor, Date today);

/// The rule that keeps a proposed change from being made now that it is confirmed, or nothing: the
/// organization may have changed since. `journal`: all of it. `today`: at the confirming actor's
/// hall.
std::optional<Refusal> refuse_proposed(const definition::Organization& organization,
                                       std::span<const ItemId> items, const Events& journal,
                                       const StaffProposal& proposal, Date today);

}  // namespace workflow::engine
