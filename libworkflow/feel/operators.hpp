#pragma once

/// The operators of FEEL on values (DMN 1.4, 10.3.2). The result is null if there is no answer.

#include <compare>
#include <optional>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Returns the order of two values of one kind, or no value if they cannot be ordered.
std::optional<std::strong_ordering> order(const Value& a, const Value& b);
/// Returns true or false, or null if the kinds differ. null = null is true.
Value equals(const Value& a, const Value& b);
/// Returns whether the result of `equals` is true.
bool same(const Value& a, const Value& b);
Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);
/// Returns whether `value` lies in `range`; null if it cannot be compared with the ends.
Value within(const Value& value, const Range& range);
/// Applies a unary test to a value: contained in a list or range, or equal.
Value meets(const Value& value, const Value& test);
/// Returns the index of a position, which counts from 1 or, if negative, from the end. Returns no
/// value outside the list.
std::optional<std::size_t> index_at(const List& list, const Value& position);
/// Returns the entry `name` of a context or a property of a temporal value, or no value if there is
/// none.
std::optional<Value> entry(const Value& value, std::string_view name);
/// Returns a pointer to the truth value, or nullptr if the value is not a boolean.
inline const bool* truth(const Value& value) {
    return value.as<bool>();
}

}  // namespace workflow::feel
