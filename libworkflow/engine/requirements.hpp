#pragma once

/// The requirements on a form and its materials.

#include <optional>
#include <string>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Stores `given` in the draft's values. Refuses unknown_field, field_invalid (wrong type, not one
/// of the field's values, given twice) and field_missing (a required field emptied).
///
/// Each field is written only by its origin (`from:`), and nobody may change a field after a
/// decision depends on it. `task` is the task being completed. Nullptr: the applicant opens the
/// case or answers it. Refuses field_not_yours.
std::optional<Refusal> take_fields(Draft& draft, const FieldValues& given,
                                   const process::TaskActivity* task);
/// Returns whether the task receives the application. It may correct the applicant's fields until
/// the case is accepted.
bool is_intake(const process::TaskActivity& task);

/// Runs the checks of all fields that have a value. A check without a result fails.
std::optional<Refusal> check_fields(const Draft& draft);

/// Records `given` as present. Refuses unknown_material: not on the item's list (R9), or committed
/// where the list does not accept a commitment.
std::optional<Refusal> take_materials(Draft& draft, const std::vector<MaterialReceipt>& given);

/// Returns the ids of all materials that are needed now and missing, separated by commas; empty:
/// none. Shared materials are fetched and never asked for (R8). Materials owed later are not
/// missing.
std::string missing_materials(const Draft& draft);

/// Returns whether a field of `info` may have this value.
bool fits(const process::FieldInfo& info, const Value& value);

}  // namespace workflow::engine
