#pragma once

/// The types that operators accept, and the types of their results (DMN 1.5, 10.3.2).

#include <optional>
#include <string_view>

#include "ast.hpp"

namespace workflow::feel {

Type of(Kind kind);
Type of(Kind kind, const Type& element);
Type type_of(const Value& value);

/// Returns whether nothing is known of the type: it is compatible with every type.
bool open(const Type& type);
bool is_day(const Type& type);
bool is_duration(const Type& type);
/// Returns whether the values of the type can be ordered.
bool ordered(const Type& type);
/// Returns what is known of a value that has one of the two types.
Type common(const Type& a, const Type& b);

/// Returns the type of `a op b`, where neither is open, or no value if the operator does not accept
/// them.
std::optional<Type> arithmetic_type(Operator op, const Type& a, const Type& b);
std::string_view symbol_of(Operator op);

inline constexpr std::size_t largest_type = 2'000;
/// Returns whether the type has at most `left` parts.
bool fits_in(const Type& type, std::size_t& left);

}  // namespace workflow::feel
