#include "operators.hpp"

#include "../base/decimal.hpp"
#include "temporal.hpp"

namespace workflow::feel {
namespace {

template <class T>
std::pair<const T*, const T*> both(const Value& a, const Value& b) {
    const auto* left = a.as<T>();
    return {left, left ? b.as<T>() : nullptr};
}

Value number(const std::optional<Decimal>& result) {
    return result ? Value(*result) : Value();
}
Value number(std::int64_t whole) {
    return Value(decimal_of(whole));
}

std::int64_t moment_of_time(const TimeOfDay& time) {
    return time.microseconds -
           time.offset.value_or(UtcOffset{0}).minutes * std::int64_t{60'000'000};
}

/// A date as the date and time of its midnight, where the other side is a date and time.
std::optional<DateTime> as_moment(const Value& value) {
    if (const auto* moment = value.as<DateTime>()) return *moment;
    if (const auto* date = value.as<Date>()) return DateTime{*date, {0, UtcOffset{0}}};
    return {};
}

/// A duration of so many units, a fraction left out; null when it is too long.
template <class Duration>
Value duration_of(const std::optional<Decimal>& units) {
    const auto whole = units ? round(*units, 0, Rounding::down) : std::nullopt;
    const auto result = whole ? to_integer(*whole) : std::nullopt;
    return result ? Value(Duration{*result}) : Value();
}

template <class Duration>
Value negated(std::int64_t units) {
    std::int64_t result = 0;
    return __builtin_sub_overflow(std::int64_t{0}, units, &result) ? Value()
                                                                   : Value(Duration{result});
}

Value shifted_value(const Value& value, std::int64_t microseconds) {
    constexpr std::int64_t limit = std::int64_t{1} << 60;
    if (microseconds > limit || microseconds < -limit) return {};
    const auto* moment = value.as<DateTime>();
    const auto* date = value.as<Date>();
    const auto* time = value.as<TimeOfDay>();
    if (!moment && !date && !time) return {};
    const auto result =
        moment ? shifted(*moment, microseconds)
               : shifted({date ? *date : Date{}, time ? *time : TimeOfDay{}}, microseconds);
    if (!result) return {};
    return moment ? Value(*result) : date ? Value(result->date) : Value(result->time);
}

Value shifted_months(const Value& value, std::int64_t months) {
    if (const auto* date = value.as<Date>()) {
        const auto result = plus_months(*date, months);
        return result ? Value(*result) : Value();
    }
    if (const auto* moment = value.as<DateTime>()) {
        const auto result = plus_months(moment->date, months);
        return result ? Value(DateTime{*result, moment->time}) : Value();
    }
    return {};
}

template <class Duration>
Value sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? Value() : Value(Duration{result});
}

}  // namespace

std::optional<std::strong_ordering> order(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return compare(*x, *y);
    if (const auto [x, y] = both<std::string>(a, b); y) return *x <=> *y;
    if (const auto [x, y] = both<Date>(a, b); y) return *x <=> *y;
    if (const auto [x, y] = both<DateTime>(a, b); y) return moment_of(*x) <=> moment_of(*y);
    if (const auto [x, y] = both<TimeOfDay>(a, b); y)
        return moment_of_time(*x) <=> moment_of_time(*y);
    if (const auto [x, y] = both<DaysTimeDuration>(a, b); y)
        return x->microseconds <=> y->microseconds;
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y) return x->months <=> y->months;
    return {};
}

Value equals(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (a.held().index() != b.held().index()) return {};
    if (const auto lies = order(a, b)) return *lies == 0;
    return a == b;
}

Value add(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(add(*x, *y));
    if (const auto [x, y] = both<std::string>(a, b); y) return *x + *y;
    if (const auto [x, y] = both<DaysTimeDuration>(a, b); y)
        return sum<DaysTimeDuration>(x->microseconds, y->microseconds);
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y)
        return sum<YearsMonthsDuration>(x->months, y->months);
    if (const auto* duration = b.as<DaysTimeDuration>())
        return shifted_value(a, duration->microseconds);
    if (const auto* duration = b.as<YearsMonthsDuration>())
        return shifted_months(a, duration->months);
    if (a.as<DaysTimeDuration>() || a.as<YearsMonthsDuration>())
        if (!b.as<DaysTimeDuration>() && !b.as<YearsMonthsDuration>()) return add(b, a);
    return {};
}

Value subtract(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(subtract(*x, *y));
    if (b.as<DaysTimeDuration>() || b.as<YearsMonthsDuration>()) return add(a, negate(b));
    if (const auto [x, y] = both<TimeOfDay>(a, b); y)
        return DaysTimeDuration{moment_of_time(*x) - moment_of_time(*y)};
    const auto x = as_moment(a);
    const auto y = as_moment(b);
    if (x && y) return DaysTimeDuration{moment_of(*x) - moment_of(*y)};
    return {};
}

Value multiply(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(multiply(*x, *y));
    if (const auto* factor = b.as<Decimal>()) {
        if (const auto* duration = a.as<DaysTimeDuration>())
            return duration_of<DaysTimeDuration>(
                multiply(decimal_of(duration->microseconds), *factor));
        if (const auto* duration = a.as<YearsMonthsDuration>())
            return duration_of<YearsMonthsDuration>(
                multiply(decimal_of(duration->months), *factor));
    }
    if (a.as<Decimal>() && (b.as<DaysTimeDuration>() || b.as<YearsMonthsDuration>()))
        return multiply(b, a);
    return {};
}

Value divide(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(divide(*x, *y));
    if (const auto [x, y] = both<DaysTimeDuration>(a, b); y)
        return number(divide(decimal_of(x->microseconds), decimal_of(y->microseconds)));
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y)
        return number(divide(decimal_of(x->months), decimal_of(y->months)));
    if (const auto* divisor = b.as<Decimal>()) {
        if (const auto* duration = a.as<DaysTimeDuration>())
            return duration_of<DaysTimeDuration>(
                divide(decimal_of(duration->microseconds), *divisor));
        if (const auto* duration = a.as<YearsMonthsDuration>())
            return duration_of<YearsMonthsDuration>(divide(decimal_of(duration->months), *divisor));
    }
    return {};
}

Value power(const Value& a, const Value& b) {
    const auto [base, exponent] = both<Decimal>(a, b);
    const auto times = exponent ? to_integer(*exponent) : std::nullopt;
    // Beyond this every base but 0, 1 and -1 has overflowed.
    if (!times || *times > 100'000 || *times < -100'000) return {};
    std::optional<Decimal> result = decimal_of(1);
    std::optional<Decimal> square = *base;
    for (auto left = static_cast<std::uint64_t>(*times < 0 ? -*times : *times); left != 0;
         left >>= 1) {
        if (left & 1) result = result && square ? multiply(*result, *square) : std::nullopt;
        if (left > 1) square = square ? multiply(*square, *square) : std::nullopt;
    }
    if (result && *times < 0) result = divide(decimal_of(1), *result);
    return number(result);
}

Value negate(const Value& a) {
    if (const auto* x = a.as<Decimal>()) return workflow::negate(*x);
    if (const auto* x = a.as<DaysTimeDuration>()) return negated<DaysTimeDuration>(x->microseconds);
    if (const auto* x = a.as<YearsMonthsDuration>()) return negated<YearsMonthsDuration>(x->months);
    return {};
}

Value within(const Value& value, const Range& range) {
    if (!range.low.is_null()) {
        const auto lies = order(value, range.low);
        if (!lies) return {};
        if (*lies < 0 || (*lies == 0 && !range.low_included)) return false;
    }
    if (!range.high.is_null()) {
        const auto lies = order(value, range.high);
        if (!lies) return {};
        if (*lies > 0 || (*lies == 0 && !range.high_included)) return false;
    }
    return true;
}

Value meets(const Value& value, const Value& test) {
    if (const auto* range = test.as<Range>()) return within(value, *range);
    if (const auto* list = test.as<List>(); list && !value.as<List>()) {
        Value answer = false;
        for (const auto& item : *list) {
            const auto one = meets(value, item);
            if (const auto* holds = truth(one); holds && *holds) return true;
            if (one.is_null() && !item.is_null()) answer = Value();
        }
        return answer;
    }
    return equals(value, test);
}

std::optional<Value> entry(const Value& value, std::string_view name) {
    if (const auto* context = value.as<Context>()) {
        for (const auto& [key, held] : *context)
            if (key == name) return held;
        return {};
    }
    if (const auto* range = value.as<Range>()) {
        if (name == "start") return range->low;
        if (name == "end") return range->high;
        if (name == "start included") return range->low_included;
        if (name == "end included") return range->high_included;
        return {};
    }
    const auto* moment = value.as<DateTime>();
    const auto* date = moment ? &moment->date : value.as<Date>();
    const auto* time = moment ? &moment->time : value.as<TimeOfDay>();
    if (date) {
        const auto day = civil(*date);
        if (name == "year") return number(std::int64_t{day.year});
        if (name == "month") return number(std::int64_t{day.month});
        if (name == "day") return number(std::int64_t{day.day});
        // Monday is 1; 1970-01-01 was a Thursday.
        if (name == "weekday") return number((((date->days + 3) % 7) + 7) % 7 + std::int64_t{1});
    }
    if (time) {
        const auto seconds = time->microseconds / 1'000'000;
        if (name == "hour") return number(seconds / 3600);
        if (name == "minute") return number(seconds / 60 % 60);
        if (name == "second") return number(seconds % 60);
        if (name == "time offset")
            return time->offset
                       ? Value(DaysTimeDuration{time->offset->minutes * std::int64_t{60'000'000}})
                       : Value();
    }
    if (const auto* duration = value.as<DaysTimeDuration>()) {
        const auto seconds = duration->microseconds / 1'000'000;
        if (name == "days") return number(seconds / 86400);
        if (name == "hours") return number(seconds / 3600 % 24);
        if (name == "minutes") return number(seconds / 60 % 60);
        if (name == "seconds") return number(seconds % 60);
    }
    if (const auto* duration = value.as<YearsMonthsDuration>()) {
        if (name == "years") return number(duration->months / 12);
        if (name == "months") return number(duration->months % 12);
    }
    return {};
}

}  // namespace workflow::feel
