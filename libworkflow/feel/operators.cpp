#include "operators.hpp"

#include <algorithm>

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
    return time.nanoseconds - (time.zone ? time.zone->offset : 0) * one_second;
}

/// Returns a date as the date and time of its midnight, for comparison with a date and time.
std::optional<DateTime> as_moment(const Value& value) {
    if (const auto* moment = value.as<DateTime>()) return *moment;
    if (const auto* date = value.as<Date>()) return DateTime{*date, {0, ClockZone{}}};
    return {};
}

/// The order and difference of two moments are unknown if only one of them has a zone.
bool same_kind_of_clock(const TimeOfDay& a, const TimeOfDay& b) {
    return a.zone.has_value() == b.zone.has_value();
}

/// Returns the whole units of `number` without the fraction; no value if there are too many.
std::optional<__int128> whole_units(const std::optional<Decimal>& number) {
    const auto whole = number ? round(*number, 0, Rounding::down) : std::nullopt;
    if (!whole || whole->exponent > 4) return {};
    auto units = static_cast<__int128>(whole->coefficient);
    for (auto i = whole->exponent; i > 0; --i) units *= 10;
    for (auto i = whole->exponent; i < 0; ++i) units /= 10;
    return whole->negative ? -units : units;
}

/// No duration is longer than the calendar.
constexpr __int128 longest = static_cast<__int128>(furthest_year) * 2 * 366 * one_day;

Value days_duration(__int128 nanoseconds) {
    if (nanoseconds > longest || nanoseconds < -longest) return {};
    return DaysTimeDuration{nanoseconds};
}

Value months_duration(__int128 months) {
    constexpr auto most = std::int64_t{1} << 40;
    if (months > most || months < -most) return {};
    return YearsMonthsDuration{static_cast<std::int64_t>(months)};
}

Decimal decimal_of_wide(__int128 whole) {
    const bool negative = whole < 0;
    return {static_cast<unsigned __int128>(negative ? -whole : whole), 0, negative};
}

Value shifted_value(const Value& value, __int128 nanoseconds) {
    if (const auto* moment = value.as<DateTime>()) {
        const auto result = shifted(*moment, nanoseconds);
        return result ? Value(*result) : Value();
    }
    if (const auto* date = value.as<Date>()) {
        const auto result = shifted({*date, {}}, nanoseconds);
        return result ? Value(result->date) : Value();
    }
    if (const auto* time = value.as<TimeOfDay>()) {
        auto later = (time->nanoseconds + nanoseconds) % one_day;
        if (later < 0) later += one_day;
        return TimeOfDay{static_cast<std::int64_t>(later), time->zone};
    }
    return {};
}

Value shifted_months(const Value& value, std::int64_t months) {
    if (const auto* date = value.as<Date>()) {
        const auto result = plus_months(*date, months);
        return result ? Value(*result) : Value();
    }
    if (const auto* moment = value.as<DateTime>()) {
        const auto result = plus_months(moment->date, months);
        return result ? Value(settled({*result, moment->time})) : Value();
    }
    return {};
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
        return x->nanoseconds <=> y->nanoseconds;
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y) return x->months <=> y->months;
    return {};
}

Value equals(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (a.held().index() != b.held().index()) return {};
    if (const auto lies = order(a, b)) return *lies == 0;
    return a == b;
}

bool same(const Value& a, const Value& b) {
    const auto answer = equals(a, b);
    return truth(answer) && *truth(answer);
}

Value add(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(add(*x, *y));
    if (const auto [x, y] = both<std::string>(a, b); y) return *x + *y;
    if (const auto [x, y] = both<DaysTimeDuration>(a, b); y)
        return days_duration(x->nanoseconds + y->nanoseconds);
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y)
        return months_duration(static_cast<__int128>(x->months) + y->months);
    if (const auto* duration = b.as<DaysTimeDuration>())
        return shifted_value(a, duration->nanoseconds);
    if (const auto* duration = b.as<YearsMonthsDuration>())
        return shifted_months(a, duration->months);
    if (a.as<DaysTimeDuration>() || a.as<YearsMonthsDuration>())
        if (!b.as<DaysTimeDuration>() && !b.as<YearsMonthsDuration>()) return add(b, a);
    return {};
}

Value subtract(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(subtract(*x, *y));
    if (b.as<DaysTimeDuration>() || b.as<YearsMonthsDuration>()) return add(a, negate(b));
    if (const auto [x, y] = both<TimeOfDay>(a, b); y) {
        if (!same_kind_of_clock(*x, *y)) return {};
        return DaysTimeDuration{moment_of_time(*x) - moment_of_time(*y)};
    }
    const auto x = as_moment(a);
    const auto y = as_moment(b);
    if (x && y && same_kind_of_clock(x->time, y->time))
        return DaysTimeDuration{moment_of(*x) - moment_of(*y)};
    return {};
}

Value multiply(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(multiply(*x, *y));
    if (const auto* factor = b.as<Decimal>()) {
        if (const auto* duration = a.as<DaysTimeDuration>()) {
            const auto units =
                whole_units(multiply(decimal_of_wide(duration->nanoseconds), *factor));
            return units ? days_duration(*units) : Value();
        }
        if (const auto* duration = a.as<YearsMonthsDuration>()) {
            const auto units = whole_units(multiply(decimal_of(duration->months), *factor));
            return units ? months_duration(*units) : Value();
        }
    }
    if (a.as<Decimal>() && (b.as<DaysTimeDuration>() || b.as<YearsMonthsDuration>()))
        return multiply(b, a);
    return {};
}

Value divide(const Value& a, const Value& b) {
    if (const auto [x, y] = both<Decimal>(a, b); y) return number(divide(*x, *y));
    if (const auto [x, y] = both<DaysTimeDuration>(a, b); y)
        return number(divide(decimal_of_wide(x->nanoseconds), decimal_of_wide(y->nanoseconds)));
    if (const auto [x, y] = both<YearsMonthsDuration>(a, b); y)
        return number(divide(decimal_of(x->months), decimal_of(y->months)));
    if (const auto* divisor = b.as<Decimal>()) {
        if (const auto* duration = a.as<DaysTimeDuration>()) {
            const auto units =
                whole_units(divide(decimal_of_wide(duration->nanoseconds), *divisor));
            return units ? days_duration(*units) : Value();
        }
        if (const auto* duration = a.as<YearsMonthsDuration>()) {
            const auto units = whole_units(divide(decimal_of(duration->months), *divisor));
            return units ? months_duration(*units) : Value();
        }
    }
    return {};
}

Value power(const Value& a, const Value& b) {
    const auto [base, exponent] = both<Decimal>(a, b);
    return exponent ? number(workflow::power(*base, *exponent)) : Value();
}

Value negate(const Value& a) {
    if (const auto* x = a.as<Decimal>()) return workflow::negate(*x);
    if (const auto* x = a.as<DaysTimeDuration>()) return DaysTimeDuration{-x->nanoseconds};
    if (const auto* x = a.as<YearsMonthsDuration>())
        return months_duration(-static_cast<__int128>(x->months));
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
    if (const auto* list = test.as<List>()) {
        if (value.as<List>())
            return value == test || std::find(list->begin(), list->end(), value) != list->end();
        return std::any_of(list->begin(), list->end(), [&](const Value& item) {
            const auto one = meets(value, item);
            const auto* holds = truth(one);
            return holds && *holds;
        });
    }
    return equals(value, test);
}

std::optional<std::size_t> index_at(const List& list, const Value& position) {
    const auto* number = position.as<Decimal>();
    const auto at = number ? to_integer(*number) : std::nullopt;
    const auto size = static_cast<std::int64_t>(list.size());
    if (!at || *at == 0 || *at > size || *at < -size) return {};
    return static_cast<std::size_t>(*at > 0 ? *at - 1 : size + *at);
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
        const auto seconds = time->nanoseconds / one_second;
        if (name == "hour") return number(seconds / 3600);
        if (name == "minute") return number(seconds / 60 % 60);
        if (name == "second") return number(seconds % 60);
        if (name == "time offset")
            return time->zone ? Value(DaysTimeDuration{time->zone->offset * __int128{one_second}})
                              : Value();
        if (name == "timezone")
            return time->zone && time->zone->name ? Value(*time->zone->name) : Value();
    }
    if (const auto* duration = value.as<DaysTimeDuration>()) {
        const auto seconds = static_cast<std::int64_t>(duration->nanoseconds / one_second);
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
