#include "decimal.hpp"

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>

namespace workflow::inline v0 {
namespace {

using Wide = boost::multiprecision::uint256_t;
using Coefficient = unsigned __int128;

constexpr int digits = 34;
constexpr int lowest_exponent = -6176;  // decimal128: 1e-6176 is the smallest step
constexpr int highest_exponent = 6111;

constexpr Coefficient narrow_power(int n) {
    Coefficient power = 1;
    while (n-- > 0) power *= 10;
    return power;
}
constexpr Coefficient beyond = narrow_power(digits);  // the smallest coefficient with 35 digits

const Wide& power(int n) {
    static const auto table = [] {
        std::array<Wide, 78> powers;
        powers[0] = 1;
        for (std::size_t i = 1; i < 77; ++i) powers.at(i) = powers.at(i - 1) * 10;
        return powers;
    }();
    return table.at(static_cast<std::size_t>(n));
}

int digits_of(const Wide& value) {
    if (value == 0) return 1;
    // 30103 / 100000 is log10(2): within one of the number of digits.
    const auto bits = static_cast<int>(boost::multiprecision::msb(value)) + 1;
    const int guess = bits * 30103 / 100000;
    return value >= power(guess) ? guess + 1 : guess;
}

Wide widen(Coefficient value) {
    return (Wide(static_cast<std::uint64_t>(value >> 64)) << 64) |
           Wide(static_cast<std::uint64_t>(value));
}

Coefficient narrow(const Wide& value) {
    const auto low = static_cast<std::uint64_t>(value & Wide(~std::uint64_t{0}));
    const auto high = static_cast<std::uint64_t>((value >> 64) & Wide(~std::uint64_t{0}));
    return (Coefficient{high} << 64) | low;
}

/// Returns whether a quotient is rounded away from zero, given the truncated part: `remainder` of
/// `divisor`, and `sticky` if anything nonzero lies below it.
bool rounds_up(Rounding mode, bool negative, bool odd, const Wide& remainder, const Wide& divisor,
               bool sticky) {
    if (remainder == 0 && !sticky) return false;
    const Wide twice = remainder * 2;
    const int half = twice < divisor ? -1 : twice > divisor || sticky ? 1 : 0;
    switch (mode) {
        case Rounding::floor:
            return negative;
        case Rounding::ceiling:
            return !negative;
        case Rounding::up:
            return true;
        case Rounding::down:
            return false;
        case Rounding::half_up:
            return half >= 0;
        case Rounding::half_down:
            return half > 0;
        case Rounding::half_even:
            return half > 0 || (half == 0 && odd);
    }
    return false;
}

/// Returns `value` without its last `cut` digits, rounded.
Wide cut_digits(const Wide& value, int cut, bool negative, bool sticky, Rounding mode) {
    if (cut <= 0) return value;
    // All digits are removed: only the rounding remains.
    if (cut > 76) {
        const bool up =
            rounds_up(mode, negative, false, value == 0 ? Wide(0) : Wide(1), Wide(10), sticky);
        return up ? Wide(1) : Wide(0);
    }
    const Wide quotient = value / power(cut);
    const Wide remainder = value - quotient * power(cut);
    const bool odd = boost::multiprecision::bit_test(quotient, 0);
    return rounds_up(mode, negative, odd, remainder, power(cut), sticky) ? Wide(quotient + 1)
                                                                         : quotient;
}

/// Returns the nearest Decimal, or nullopt on overflow.
std::optional<Decimal> fit(Wide value, int exponent, bool negative, bool sticky = false) {
    int cut = std::max({digits_of(value) - digits, lowest_exponent - exponent, 0});
    if (cut > 0 || sticky) {
        value = cut_digits(value, cut, negative, sticky, Rounding::half_even);
        exponent += cut;
        if (value >= widen(beyond)) {  // 99..9 rounded up to 100..0
            value /= 10;
            ++exponent;
        }
    }
    if (value == 0)
        return Decimal{
            0, static_cast<std::int16_t>(std::clamp(exponent, lowest_exponent, highest_exponent)),
            negative};
    // An exponent that is too high can be lowered while there is room for more digits.
    while (exponent > highest_exponent && digits_of(value) < digits) {
        value *= 10;
        --exponent;
    }
    if (exponent > highest_exponent) return {};
    return Decimal{narrow(value), static_cast<std::int16_t>(exponent), negative};
}

/// Returns whether both coefficients fit 64 bits and have one exponent: the common case.
bool small(const Decimal& a, const Decimal& b) {
    return a.exponent == b.exponent && a.coefficient >> 62 == 0 && b.coefficient >> 62 == 0;
}

std::optional<Decimal> add_signed(const Decimal& a, const Decimal& b) {
    if (small(a, b)) {
        const auto left = a.negative ? -static_cast<__int128>(a.coefficient)
                                     : static_cast<__int128>(a.coefficient);
        const auto right = b.negative ? -static_cast<__int128>(b.coefficient)
                                      : static_cast<__int128>(b.coefficient);
        const auto sum = left + right;
        const bool negative = sum < 0 || (sum == 0 && a.negative && b.negative);
        return Decimal{static_cast<Coefficient>(sum < 0 ? -sum : sum), a.exponent, negative};
    }
    const Decimal& high = a.exponent >= b.exponent ? a : b;
    const Decimal& low = a.exponent >= b.exponent ? b : a;
    Wide upper = widen(high.coefficient);
    Wide lower = widen(low.coefficient);
    int exponent = low.exponent;
    bool sticky = false;
    const int apart = high.exponent - low.exponent;
    if (high.coefficient == 0)
        return fit(lower, exponent, low.coefficient == 0 ? a.negative && b.negative : low.negative);
    if (apart > 0) {
        // 70 digits are twice the precision of the result. Digits below only affect the rounding.
        const int shift = std::min(apart, 70 - digits_of(upper));
        upper *= power(shift);
        if (apart > shift) {
            const int cut = apart - shift;
            if (cut > 76) {
                sticky = lower != 0;
                lower = 0;
            } else {
                const Wide kept = lower / power(cut);
                sticky = kept * power(cut) != lower;
                lower = kept;
            }
            exponent = high.exponent - shift;
        }
    }
    if (high.negative == low.negative) return fit(upper + lower, exponent, high.negative, sticky);
    if (upper > lower) {
        // upper - (lower + something): one less, and the remainder is sticky.
        const Wide difference = sticky ? Wide(upper - lower - 1) : Wide(upper - lower);
        return fit(difference, exponent, high.negative, sticky);
    }
    if (upper < lower) return fit(lower - upper, exponent, low.negative, sticky);
    return fit(0, exponent, false);
}

}  // namespace

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
    return add_signed(a, b);
}

Decimal negate(Decimal a) {
    a.negative = !a.negative;
    return a;
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
    return add_signed(a, negate(b));
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
    const bool negative = a.negative != b.negative;
    const int exponent = a.exponent + b.exponent;
    if (a.coefficient >> 56 == 0 && b.coefficient >> 56 == 0 && exponent >= lowest_exponent &&
        exponent <= highest_exponent)
        return Decimal{a.coefficient * b.coefficient, static_cast<std::int16_t>(exponent),
                       negative};
    return fit(widen(a.coefficient) * widen(b.coefficient), exponent, negative);
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
    if (b.coefficient == 0) return {};
    const bool negative = a.negative != b.negative;
    const int ideal = a.exponent - b.exponent;
    if (a.coefficient == 0) return fit(0, ideal, negative);
    Wide upper = widen(a.coefficient);
    const Wide lower = widen(b.coefficient);
    const int shift = std::max(0, digits + 1 + digits_of(lower) - digits_of(upper));
    upper *= power(shift);
    Wide quotient = upper / lower;
    int exponent = ideal - shift;
    const bool sticky = quotient * lower != upper;
    if (!sticky)  // exact: as few digits as the ideal exponent allows
        while (exponent < ideal && quotient % 10 == 0) {
            quotient /= 10;
            ++exponent;
        }
    return fit(quotient, exponent, negative, sticky);
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
    const bool a_zero = a.coefficient == 0;
    const bool b_zero = b.coefficient == 0;
    if (a_zero || b_zero) {
        if (a_zero && b_zero) return std::strong_ordering::equal;
        if (a_zero) return b.negative ? std::strong_ordering::greater : std::strong_ordering::less;
        return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (a.negative != b.negative)
        return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    const auto sized = [&]() -> std::strong_ordering {
        if (a.exponent == b.exponent) return a.coefficient <=> b.coefficient;
        const Wide left = widen(a.coefficient);
        const Wide right = widen(b.coefficient);
        const int a_top = digits_of(left) + a.exponent;
        const int b_top = digits_of(right) + b.exponent;
        if (a_top != b_top) return a_top <=> b_top;
        // Same magnitude: the exponents differ by less than 35.
        const Wide l = a.exponent > b.exponent ? Wide(left * power(a.exponent - b.exponent)) : left;
        const Wide r =
            b.exponent > a.exponent ? Wide(right * power(b.exponent - a.exponent)) : right;
        return l < r   ? std::strong_ordering::less
               : l > r ? std::strong_ordering::greater
                       : std::strong_ordering::equal;
    }();
    return a.negative ? 0 <=> sized : sized;
}

bool is_integer(const Decimal& a) {
    return a.coefficient == 0 || normalized(a).exponent >= 0;
}

std::optional<std::int64_t> to_integer(const Decimal& a) {
    const auto plain = normalized(a);
    if (plain.coefficient == 0) return 0;
    if (plain.exponent < 0 || plain.exponent > 18) return {};
    if (plain.coefficient >> 63 != 0) return {};
    const auto value = plain.coefficient * narrow_power(plain.exponent);
    if (value >> 63 != 0) return {};
    const auto whole = static_cast<std::int64_t>(value);
    return plain.negative ? -whole : whole;
}

std::optional<Decimal> round(const Decimal& a, int scale, Rounding mode) {
    if (-scale < lowest_exponent || -scale > highest_exponent) return {};
    const int cut = -scale - a.exponent;
    if (cut <= 0) {
        if (a.coefficient == 0) return Decimal{0, static_cast<std::int16_t>(-scale), a.negative};
        const Wide padded = -cut > 40 ? Wide(0) : Wide(widen(a.coefficient) * power(-cut));
        // Without room for that many digits the number keeps its scale.
        if (-cut > 40 || padded >= widen(beyond)) return a;
        return Decimal{narrow(padded), static_cast<std::int16_t>(-scale), a.negative};
    }
    return fit(cut_digits(widen(a.coefficient), cut, a.negative, false, mode), -scale, a.negative);
}

Decimal normalized(Decimal a) {
    if (a.coefficient == 0) return Decimal{};
    while (a.coefficient % 10 == 0 && a.exponent < highest_exponent) {
        a.coefficient /= 10;
        ++a.exponent;
    }
    return a;
}

Decimal decimal_of(std::int64_t whole) {
    const auto magnitude =
        whole < 0 ? 0 - static_cast<std::uint64_t>(whole) : static_cast<std::uint64_t>(whole);
    return {magnitude, 0, whole < 0};
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    Wide value = 0;
    int exponent = 0;
    bool any = false, point = false, sticky = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') break;
        any = true;
        if (exponent < -100'000 || exponent > 100'000) return {};
        if (value < power(70)) {
            value = value * 10 + static_cast<unsigned>(text[i] - '0');
            exponent -= point ? 1 : 0;
        } else {
            sticky = sticky || text[i] != '0';
            exponent += point ? 0 : 1;
        }
    }
    if (!any || text[i - 1] == '.') return {};
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return {};
        if (++i < text.size() && text[i] == '+') ++i;
        int given = 0;
        const auto [end, error] =
            std::from_chars(text.data() + i, text.data() + text.size(), given);
        if (error != std::errc{} || end != text.data() + text.size() || given > 100'000 ||
            given < -100'000)
            return {};
        exponent += given;
    }
    return fit(value, exponent, negative, sticky);
}

std::string to_string(const Decimal& number) {
    std::array<char, 40> buffer;
    auto first = buffer.size();
    auto rest = number.coefficient;
    do {
        buffer[--first] = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    std::string text(buffer.data() + first, buffer.size() - first);
    const int exponent = number.exponent;
    // Plain notation up to this many zeros, scientific notation beyond.
    constexpr int plain = 40;
    if (exponent > plain || exponent < -plain - digits) {
        const int scientific = exponent + static_cast<int>(text.size()) - 1;
        if (text.size() > 1) text.insert(1, ".");
        text += (scientific < 0 ? "E-" : "E+") +
                std::to_string(scientific < 0 ? -scientific : scientific);
    } else if (exponent > 0) {
        if (number.coefficient != 0) text.append(static_cast<std::size_t>(exponent), '0');
    } else if (exponent < 0) {
        const auto places = static_cast<std::size_t>(-exponent);
        if (text.size() <= places) text.insert(0, places - text.size() + 1, '0');
        text.insert(text.size() - places, ".");
    }
    return number.negative && number.coefficient != 0 ? '-' + text : text;
}

}  // namespace workflow::inline v0
