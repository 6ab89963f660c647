#pragma once

/// Values against types at evaluation (DMN 1.5, 10.3.2.9).

#include <workflow/values.hpp>

#include "types.hpp"

namespace workflow::feel {

/// Whether the value is of the type; null is of every type that is nullable.
bool conforms(const Value& value, const Type& type);

/// The value as the type has it: a list of one for its item and the reverse, a date for its
/// midnight (10.3.2.9.4); null when it does not conform.
Value coerce(Value value, const Type& type);

}  // namespace workflow::feel
