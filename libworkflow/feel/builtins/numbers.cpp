#include "../../base/decimal.hpp"
#include "../budget.hpp"
#include "../operators.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

template <Rounding mode>
Value rounded(Arguments a, const Call&) {
    const auto* number = a[0].as<Decimal>();
    const auto* scale = a.size() > 1 ? a[1].as<Decimal>() : nullptr;
    if (!number || (a.size() > 1 && !scale)) return {};
    const auto whole = scale ? round(*scale, 0, Rounding::down) : std::nullopt;
    const auto places = scale ? (whole ? to_integer(*whole) : std::nullopt) : 0;
    if (!places || *places < -6111 || *places > 6176) return {};
    return number_value(round(*number, static_cast<int>(*places), mode));
}

Value absolute(Arguments a, const Call&) {
    const auto* number = a[0].as<Decimal>();
    if (number) return Decimal{number->coefficient, number->exponent, false};
    const auto lies = order(a[0], negate(a[0]));
    return !lies ? Value() : *lies < 0 ? negate(a[0]) : a[0];
}

/// The result has the sign of the divisor, as the standard requires.
Value modulo(Arguments a, const Call&) {
    const auto quotient = divide(a[0], a[1]);
    const auto* exact = quotient.as<Decimal>();
    const auto whole = exact ? round(*exact, 0, Rounding::floor) : std::nullopt;
    return whole ? subtract(a[0], multiply(a[1], Value(*whole))) : Value();
}

/// Returns the number in a text, with grouping separators removed and the decimal separator
/// replaced by a point.
Value to_number(Arguments a, const Call& call) {
    const auto* text = a[0].as<std::string>();
    if (!text || !spend(call.budget, 1 + text->size() / 16)) return {};
    if (a.size() == 1) return number_value(parse_decimal(*text));
    const auto sign = [&](std::size_t i, std::string_view allowed) -> std::optional<char> {
        if (i >= a.size() || a[i].is_null()) return '\0';
        const auto* given = a[i].as<std::string>();
        if (!given || given->size() != 1 || allowed.find(given->front()) == std::string_view::npos)
            return {};
        return given->front();
    };
    const auto grouping = sign(1, " ,."), point = sign(2, ".,");
    if (!grouping || !point || (*grouping != '\0' && grouping == point)) return {};
    std::string plain;
    for (const char c : *text) {
        if (*grouping != '\0' && c == *grouping) continue;
        // A point that is neither a grouping nor a decimal separator is a mistake in the text.
        if (*point != '\0' && *point != '.' && c == '.') return {};
        plain += *point != '\0' && c == *point ? '.' : c;
    }
    return number_value(parse_decimal(plain));
}

template <std::optional<Decimal> (*function)(const Decimal&)>
Value calculated(Arguments a, const Call& call) {
    const auto* number = a[0].as<Decimal>();
    return number && spend(call.budget, 50) ? number_value(function(*number)) : Value();
}

template <bool even>
Value parity(Arguments a, const Call&) {
    const auto* number = a[0].as<Decimal>();
    if (!number || !is_integer(*number)) return {};
    const auto half = divide(*number, decimal_of(2));
    return half ? Value(is_integer(*half) == even) : Value();
}

template <bool least>
Value extreme(Arguments a, const Call& call) {
    Value best;
    for (const auto& item : spread(a)) {
        if (!spend(call.budget, 1)) return {};
        if (best.is_null()) {
            if (!order(item, item)) return {};
            best = item;
            continue;
        }
        const auto lies = order(item, best);
        if (!lies) return {};
        if (least ? *lies < 0 : *lies > 0) best = item;
    }
    return best;
}

Value sum(Arguments a, const Call& call) {
    Value total;
    for (const auto& item : spread(a)) {
        if (!spend(call.budget, 1) || !item.as<Decimal>()) return {};
        total = total.is_null() ? item : add(total, item);
    }
    return total;
}

Value mean(Arguments a, const Call& call) {
    const auto items = spread(a);
    if (items.empty()) return {};
    return divide(sum(a, call), Value(decimal_of(static_cast<std::int64_t>(items.size()))));
}

}  // namespace

std::vector<Builtin> number_functions() {
    constexpr auto n = Kind::number;
    const std::vector<Parameter> scaled{{"n", n}, {"scale", n, true}};
    const std::vector<Parameter> to_scale{{"n", n}, {"scale", n}};
    return {
        {"decimal", to_scale, false, n, rounded<Rounding::half_even>,
         "rounds `n` to `scale` decimal places, halves to the even digit", "decimal(2.345, 2)",
         "2.34"},
        {"floor", scaled, false, n, rounded<Rounding::floor>,
         "the greatest number with `scale` places not above `n`; 0 places without `scale`",
         "floor(2.9)", "2"},
        {"ceiling", scaled, false, n, rounded<Rounding::ceiling>,
         "the least number with `scale` places not below `n`; 0 places without `scale`",
         "ceiling(2.1)", "3"},
        {"round up", to_scale, false, n, rounded<Rounding::up>, "rounds away from zero",
         "round up(2.1, 0)", "3"},
        {"round down", to_scale, false, n, rounded<Rounding::down>, "rounds towards zero",
         "round down(2.9, 0)", "2"},
        {"round half up", to_scale, false, n, rounded<Rounding::half_up>,
         "rounds to the nearest, halves away from zero", "round half up(2.5, 0)", "3"},
        {"round half down", to_scale, false, n, rounded<Rounding::half_down>,
         "rounds to the nearest, halves towards zero", "round half down(2.5, 0)", "2"},
        {"abs",
         {{"n"}},
         false,
         Kind::any,
         absolute,
         "the absolute value of a number or a duration",
         "abs(-3)",
         "3",
         Builtin::Like::argument},
        {"modulo",
         {{"dividend", n}, {"divisor", n}},
         false,
         n,
         modulo,
         "the remainder of the division, with the sign of the divisor",
         "modulo(-12, 5)",
         "3"},
        {"number",
         {{"from", Kind::string},
          {"grouping separator", Kind::string, true},
          {"decimal separator", Kind::string, true}},
         false,
         n,
         to_number,
         "converts a text to a number",
         "number(\"1.000,50\", \".\", \",\")",
         "1000.50"},
        {"sqrt",
         {{"number", n}},
         false,
         n,
         calculated<square_root>,
         "the square root",
         "sqrt(16)",
         "4"},
        {"log",
         {{"number", n}},
         false,
         n,
         calculated<logarithm>,
         "the natural logarithm",
         "decimal(log(10), 8)",
         "2.30258509"},
        {"exp",
         {{"number", n}},
         false,
         n,
         calculated<exponential>,
         "e to the power of the number",
         "decimal(exp(5), 8)",
         "148.41315910"},
        {"even",
         {{"number", n}},
         false,
         Kind::boolean,
         parity<true>,
         "true if the number is whole and even",
         "even(4)",
         "true"},
        {"odd",
         {{"number", n}},
         false,
         Kind::boolean,
         parity<false>,
         "true if the number is whole and odd",
         "odd(4)",
         "false"},
        {"min",
         {{"list"}},
         true,
         Kind::any,
         extreme<true>,
         "the smallest item of a list",
         "min([3, 1, 2])",
         "1",
         Builtin::Like::element},
        {"max",
         {{"list"}},
         true,
         Kind::any,
         extreme<false>,
         "the greatest item of a list",
         "max(3, 1, 2)",
         "3",
         Builtin::Like::element},
        {"sum",
         {{"list"}},
         true,
         n,
         sum,
         "the sum of the items; null for an empty list",
         "sum([1, 2.50])",
         "3.50"},
        {"mean", {{"list"}}, true, n, mean, "the mean of the items", "mean([1, 2, 3])", "2"},
    };
}

}  // namespace workflow::feel
