#pragma once

/// Arithmetic on `Decimal`: 34 digits, round half to even, as IEEE 754 decimal128 and FEEL have it.

#include <compare>
#include <optional>

#include <workflow/values.hpp>

namespace workflow {

/// Nothing when the result cannot be represented (overflow) or does not exist (division by zero).
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
Decimal negate(Decimal a);
std::strong_ordering compare(const Decimal& a, const Decimal& b);
bool is_integer(const Decimal& a);
/// The whole number, when it is one that fits.
std::optional<std::int64_t> to_integer(const Decimal& a);

enum class Rounding : unsigned char { floor, ceiling, up, down, half_up, half_down, half_even };
/// `a` with `scale` digits after the point.
std::optional<Decimal> round(const Decimal& a, int scale, Rounding mode);
/// Without trailing zeros: the form by which equal numbers hash alike.
Decimal normalized(Decimal a);

// Rounded from more digits than the result has: right but for ties too close to tell.
std::optional<Decimal> square_root(const Decimal& a);
std::optional<Decimal> exponential(const Decimal& a);
/// The natural logarithm.
std::optional<Decimal> logarithm(const Decimal& a);
/// Whole exponents by multiplication, others by logarithms.
std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);

}  // namespace workflow
