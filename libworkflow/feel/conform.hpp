#pragma once

/// Checks values against types at evaluation (DMN 1.5, 10.3.2.9).

#include <workflow/values.hpp>

#include "types.hpp"

namespace workflow::feel {

/// Returns whether the value has the type; null has every type that is nullable.
bool conforms(const Value& value, const Type& type);

/// Converts the value to the type: a list of one item to its item and the reverse, a date to its
/// midnight (10.3.2.9.4). Returns null if the value does not conform.
Value coerce(Value value, const Type& type);

}  // namespace workflow::feel
