#pragma once

/// Arithmetic on `Decimal`: 34 digits, round half to even, as in IEEE 754 decimal128 and FEEL.

#include <compare>
#include <optional>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Each returns nullopt when the result cannot be represented (overflow) or does not exist
/// (division by zero).
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
Decimal negate(Decimal a);
std::strong_ordering compare(const Decimal& a, const Decimal& b);
bool is_integer(const Decimal& a);
/// Returns the whole number, or nullopt when `a` is not whole or does not fit.
std::optional<std::int64_t> to_integer(const Decimal& a);

enum class Rounding : unsigned char { floor, ceiling, up, down, half_up, half_down, half_even };
/// Rounds `a` to `scale` digits after the point.
std::optional<Decimal> round(const Decimal& a, int scale, Rounding mode);
/// Removes trailing zeros: the form in which equal numbers have equal hashes.
Decimal normalized(Decimal a);

// Computed with more digits than the result has: correct except for ties that cannot be resolved.
std::optional<Decimal> square_root(const Decimal& a);
std::optional<Decimal> exponential(const Decimal& a);
/// Returns the natural logarithm.
std::optional<Decimal> logarithm(const Decimal& a);
/// Computes whole exponents by multiplication, others by logarithms.
std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);

}  // namespace workflow::inline v0
