#pragma once

/// What types go together, and what comes of it (DMN 1.5, 10.3.2).

#include <optional>
#include <string_view>

#include "ast.hpp"

namespace workflow::feel {

Type of(Kind kind);
Type of(Kind kind, const Type& element);
Type type_of(const Value& value);

/// Nothing is known of it: it goes with everything.
bool open(const Type& type);
bool is_day(const Type& type);
bool is_duration(const Type& type);
/// Can its values be put in an order?
bool ordered(const Type& type);
/// What is true of values of both.
Type common(const Type& a, const Type& b);

/// The type of `a op b`, neither of them open; nothing when they do not go together.
std::optional<Type> arithmetic_type(Operator op, const Type& a, const Type& b);
std::string_view symbol_of(Operator op);

inline constexpr std::size_t largest_type = 2'000;
/// Whether the type is made of no more parts than are `left`.
bool fits_in(const Type& type, std::size_t& left);

}  // namespace workflow::feel
