#pragma once

/// Changes of the organization: their effect, and who may request which.

#include <optional>
#include <span>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"
#include "second_person.hpp"

namespace workflow::engine {

/// Applies the change to the organization. Ignores references to officers, posts or halls that no
/// longer exist, because the organization's file may have changed since.
void apply(definition::Organization& organization, const StaffChanged& changed);

/// Refuses an actor who is neither a supervisor nor the engine: unknown_officer, absent,
/// not_supervisor. `today`: at the actor's hall.
std::optional<Refusal> refuse_supervision(const definition::Organization& organization,
                                          const Actor& actor, Date today);

/// Refuses `change`: unknown_officer, not_supervisor, absent, own_affair, reason_required,
/// unknown_hall, unknown_post, posts_apart, unknown_item, unknown_window, not_on_post,
/// unknown_shift, field_invalid, field_missing, same_person, text_invalid, nothing_changed.
/// Supervisors may change officers of their own hall. The engine (the application that links it)
/// may change everybody. Nobody may change what concerns themselves, from any account that is
/// theirs or originates from theirs, except to declare an absence. `today`: at the actor's hall.
std::optional<Refusal> refuse_change(const definition::Organization& organization,
                                     std::span<const ItemId> items, const Ties& ties,
                                     const ChangeStaff& change, const Actor& actor, Date today);

/// Refuses a proposed change that can no longer be made when it is confirmed, because the
/// organization has changed. `journal`: all of it. `today`: at the confirming actor's hall.
std::optional<Refusal> refuse_proposed(const definition::Organization& organization,
                                       std::span<const ItemId> items, const Events& journal,
                                       const StaffProposal& proposal, Date today);

}  // namespace workflow::engine
