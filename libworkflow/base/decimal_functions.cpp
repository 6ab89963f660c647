// Functions with unlimited digits in the result, from Boost's wider floating point.

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>
#include <sstream>

#include "decimal.hpp"

namespace workflow::inline v0 {
namespace {

using WideFloat = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<60>,
                                                boost::multiprecision::et_off>;

WideFloat to_wide(const Decimal& a) {
    return WideFloat(to_string(a));
}

std::optional<Decimal> from_wide(const WideFloat& wide) {
    if (!boost::multiprecision::isfinite(wide)) return {};
    // More digits than are kept: parsing rounds them half to even.
    const auto number = parse_decimal(wide.str(50, std::ios_base::scientific));
    return number ? std::optional(normalized(*number)) : std::nullopt;
}

/// Above this exponent, powers of e exceed decimal128.
constexpr std::int64_t largest_exponent = 14'200;

}  // namespace

std::optional<Decimal> square_root(const Decimal& a) {
    if (a.coefficient == 0) return decimal_of(0);
    if (a.negative) return {};
    return from_wide(boost::multiprecision::sqrt(to_wide(a)));
}

std::optional<Decimal> exponential(const Decimal& a) {
    if (compare(a, decimal_of(largest_exponent)) > 0) return {};
    if (compare(a, decimal_of(-largest_exponent)) < 0) return decimal_of(0);
    return from_wide(boost::multiprecision::exp(to_wide(a)));
}

std::optional<Decimal> logarithm(const Decimal& a) {
    if (a.negative || a.coefficient == 0) return {};
    return from_wide(boost::multiprecision::log(to_wide(a)));
}

std::optional<Decimal> power(const Decimal& base, const Decimal& exponent) {
    const auto times = to_integer(exponent);
    if (!times) {
        if (base.coefficient == 0 && !exponent.negative) return decimal_of(0);
        const auto log = logarithm(base);
        const auto product = log ? multiply(*log, exponent) : std::nullopt;
        if (!product) return {};
        // The logarithm is not rounded yet: the last digits come from the wider number.
        return from_wide(boost::multiprecision::exp(boost::multiprecision::log(to_wide(base)) *
                                                    to_wide(exponent)));
    }
    // Beyond this every base but 0, 1 and -1 has overflowed.
    if (*times > 100'000 || *times < -100'000) return {};
    std::optional<Decimal> result = decimal_of(1);
    std::optional<Decimal> square = base;
    for (auto left = static_cast<std::uint64_t>(*times < 0 ? -*times : *times); left != 0;
         left >>= 1U) {
        if ((left & 1U) != 0) result = result && square ? multiply(*result, *square) : std::nullopt;
        if (left > 1) square = square ? multiply(*square, *square) : std::nullopt;
    }
    if (result && *times < 0) result = divide(decimal_of(1), *result);
    return result;
}

}  // namespace workflow::inline v0
