#pragma once

/// What a form and its materials must satisfy.

#include <optional>
#include <string>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Puts `given` into the draft's values. Refuses unknown_field, field_invalid (wrong type, not one
/// of the field's values, given twice) and field_missing (a required field emptied).
///
/// Each field is written by its origin alone (`from:`), and what a decision rests on by nobody
/// afterwards: `task` is the one that is being completed; nothing: the applicant opens the case or
/// answers it. Refuses field_not_yours.
std::optional<Refusal> take_fields(Draft& draft, const FieldValues& given,
                                   const process::TaskActivity* task);
/// Is it the task that takes the application in? It may correct the applicant's fields until the
/// case is accepted.
bool is_intake(const process::TaskActivity& task);

/// Runs the checks of all fields that have a value; a check that has no answer is not satisfied.
std::optional<Refusal> check_fields(const Draft& draft);

/// Counts `given` as there. Refuses unknown_material: not on the item's list (R9), or promised
/// where the list does not take a promise.
std::optional<Refusal> take_materials(Draft& draft, const std::vector<MaterialReceipt>& given);

/// Ids of all materials that are needed now and not there, joined by commas; empty: none. What is
/// shared is fetched and never asked for (R8), what is owed later is not missing.
std::string missing_materials(const Draft& draft);

/// May a field of `info` have this value?
bool fits(const process::FieldInfo& info, const Value& value);

}  // namespace workflow::engine
