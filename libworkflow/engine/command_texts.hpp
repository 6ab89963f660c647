#pragma once

/// The requirements on every text of a command, checked before anything else.

#include <optional>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>
#include <workflow/staff.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// Normalizes all ids, keys, names and words of the command (base/identity.hpp). Values of fields
/// are unchanged. Refuses text_invalid and text_too_long, and then leaves the command partly
/// normalized.
std::optional<Refusal> normalize(Command& command);
/// Returns whether `normalize` would neither change nor refuse the command.
bool is_normal(const Command& command);

/// The same for a change of staff, for an actor, and for the key of a request.
std::optional<Refusal> normalize(ChangeStaff& change);
std::optional<Refusal> normalize(Actor& actor);
std::optional<Refusal> normalize(CommandKey& key);

/// Refuses a reason or an actor as given: text_invalid, text_too_long.
std::optional<Refusal> refuse_texts(const Actor& actor, const std::string& reason);

/// Refuses a personal id with a wrong check digit, where the organization requires the check digit
/// of citizens' ids to be verified: text_invalid. `what` begins the message.
std::optional<Refusal> refuse_citizen_id(const definition::Organization& organization,
                                         std::string_view what, const PersonId& person);
/// The same for the applicant and the agent.
std::optional<Refusal> refuse_citizen_ids(const definition::Organization& organization,
                                          const OpenCase& open);

}  // namespace workflow::engine
