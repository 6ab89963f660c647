#pragma once

/// What every text of a command must be before the engine looks at it.

#include <optional>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>
#include <workflow/staff.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// Normalizes all ids, keys, names and words of the command (base/identity.hpp); values of fields
/// stay as they are. Refuses text_invalid and text_too_long, and leaves the command unfinished
/// then.
std::optional<Refusal> normalize(Command& command);
/// Would that change nothing and refuse nothing?
bool is_normal(const Command& command);

/// The same of a change of staff, of who acts, and of the key of a request.
std::optional<Refusal> normalize(ChangeStaff& change);
std::optional<Refusal> normalize(Actor& actor);
std::optional<Refusal> normalize(CommandKey& key);

/// The rule that refuses a reason, or who acts, as it was given: text_invalid, text_too_long.
std::optional<Refusal> refuse_texts(const Actor& actor, const std::string& reason);

/// The rule that refuses the id of a human being where the organization has the check digit of
/// citizens' ids checked: text_invalid. `what` begins the message.
std::optional<Refusal> refuse_citizen_id(const definition::Organization& organization,
                                         std::string_view what, const PersonId& person);
/// The same of whoever applies, and of the agent.
std::optional<Refusal> refuse_citizen_ids(const definition::Organization& organization,
                                          const OpenCase& open);

}  // namespace workflow::engine
