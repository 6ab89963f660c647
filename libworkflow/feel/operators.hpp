#pragma once

/// What the operators of FEEL do to values (DMN 1.4, 10.3.2). What has no answer is null.

#include <compare>
#include <optional>

#include <workflow/values.hpp>

namespace workflow::feel {

/// How two values of one kind lie; nothing when they cannot be ordered.
std::optional<std::strong_ordering> order(const Value& a, const Value& b);
/// true, false, or null when the kinds differ. null = null is true.
Value equals(const Value& a, const Value& b);
/// Whether `equals` says true.
bool same(const Value& a, const Value& b);
Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);
/// Does `value` lie in `range`? null when it cannot be compared with the ends.
Value within(const Value& value, const Range& range);
/// A unary test against a value: in a list or range, or equal.
Value meets(const Value& value, const Value& test);
/// The index of a position: from 1 or, negative, from the end; nothing outside of the list.
std::optional<std::size_t> index_at(const List& list, const Value& position);
/// Entry `name` of a context, or a property of a temporal value; nothing when there is none.
std::optional<Value> entry(const Value& value, std::string_view name);
/// true, false or null in the order of the three-valued and / or.
inline const bool* truth(const Value& value) {
    return value.as<bool>();
}

}  // namespace workflow::feel
