#include <array>

#include "../../base/decimal.hpp"
#include "../operators.hpp"
#include "../temporal.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

std::optional<std::int64_t> whole(const Value& value) {
    const auto* number = value.as<Decimal>();
    return number ? to_integer(*number) : std::nullopt;
}

template <class T>
Value value_of(const std::optional<T>& held) {
    return held ? Value(*held) : Value();
}

Value to_date(Arguments a, const Call&) {
    if (a.size() == 3) {
        const auto year = whole(a[0]), month = whole(a[1]), day = whole(a[2]);
        if (!year || !month || !day || *month < 1 || *day < 1 || *month > 12 || *day > 31)
            return {};
        if (*year < -furthest_year || *year > furthest_year) return {};
        return value_of(date_of(static_cast<int>(*year), static_cast<unsigned>(*month),
                                static_cast<unsigned>(*day)));
    }
    if (const auto* text = a[0].as<std::string>()) return value_of(parse_date(*text));
    if (const auto* moment = a[0].as<DateTime>()) return moment->date;
    return a[0].as<Date>() ? a[0] : Value();
}

Value to_time(Arguments a, const Call&) {
    if (const auto* text = a[0].as<std::string>()) return value_of(parse_time(*text));
    if (const auto* moment = a[0].as<DateTime>()) return moment->time;
    return a[0].as<TimeOfDay>() ? a[0] : Value();
}

Value to_date_time(Arguments a, const Call&) {
    if (a.size() == 2) {
        const auto* moment = a[0].as<DateTime>();
        const auto* date = moment ? &moment->date : a[0].as<Date>();
        const auto* time = a[1].as<TimeOfDay>();
        return date && time ? Value(DateTime{*date, *time}) : Value();
    }
    if (const auto* text = a[0].as<std::string>()) {
        if (const auto moment = parse_date_time(*text)) return *moment;
        const auto date = parse_date(*text);
        return date ? Value(DateTime{*date, {}}) : Value();
    }
    return a[0].as<DateTime>() ? a[0] : Value();
}

Value to_duration(Arguments a, const Call&) {
    const auto* text = a[0].as<std::string>();
    return text ? value_of(parse_duration(*text)) : Value();
}

/// Whole months from one day to the other.
Value months_between(Arguments a, const Call&) {
    const auto date = [](const Value& value) -> std::optional<Date> {
        if (const auto* moment = value.as<DateTime>()) return moment->date;
        if (const auto* day = value.as<Date>()) return *day;
        return {};
    };
    const auto from = date(a[0]), to = date(a[1]);
    if (!from || !to) return {};
    const auto early = civil(std::min(*from, *to)), late = civil(std::max(*from, *to));
    auto months = std::int64_t{late.year - early.year} * 12 + static_cast<int>(late.month) -
                  static_cast<int>(early.month);
    if (late.day < early.day) --months;
    return YearsMonthsDuration{*from <= *to ? months : -months};
}

Value today(Arguments, const Call& call) {
    return local_date(call.moment.now, call.moment.offset);
}

Value now(Arguments, const Call& call) {
    const auto date = local_date(call.moment.now, call.moment.offset);
    const auto since =
        call.moment.now.microseconds - start_of(date, call.moment.offset).microseconds;
    return DateTime{date, {since, call.moment.offset}};
}

template <std::size_t n>
Value named(const Value& value, std::string_view property,
            const std::array<const char*, n>& names) {
    const auto number = entry(value, property);
    const auto at = number ? whole(*number) : std::nullopt;
    return at && *at >= 1 && *at <= static_cast<std::int64_t>(n)
               ? Value(names.at(static_cast<std::size_t>(*at - 1)))
               : Value();
}

Value day_of_week(Arguments a, const Call&) {
    static constexpr std::array<const char*, 7> names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                      "Friday", "Saturday", "Sunday"};
    return named(a[0], "weekday", names);
}

Value month_of_year(Arguments a, const Call&) {
    static constexpr std::array<const char*, 12> names{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return named(a[0], "month", names);
}

Value day_of_year(Arguments a, const Call&) {
    const auto* moment = a[0].as<DateTime>();
    const auto* date = moment ? &moment->date : a[0].as<Date>();
    if (!date) return {};
    return decimal_of(date->days - date_of(civil(*date).year, 1, 1)->days + 1);
}

}  // namespace

std::vector<Builtin> time_functions() {
    return {
        {"today",
         {},
         false,
         Kind::date,
         today,
         "the day of the act, in the hall's time",
         "today() = today()",
         "true",
         Builtin::Like::itself,
         true},
        {"now",
         {},
         false,
         Kind::date_time,
         now,
         "the moment of the act, in the hall's time",
         "now() = now()",
         "true",
         Builtin::Like::itself,
         true},
        {"date",
         {{"from"}, {"month", Kind::number, true}, {"day", Kind::number, true}},
         false,
         Kind::date,
         to_date,
         "a day from a text, from year, month and day, or of a date and time",
         "date(\"2026-03-02\")",
         "@\"2026-03-02\""},
        {"time",
         {{"from"}},
         false,
         Kind::time,
         to_time,
         "a time of day from a text or of a date and time",
         "time(\"09:30:00\")",
         "@\"09:30:00\""},
        {"date and time",
         {{"from"}, {"time", Kind::time, true}},
         false,
         Kind::date_time,
         to_date_time,
         "a day with a time of day",
         "date and time(\"2026-03-02T09:30:00\")",
         "@\"2026-03-02T09:30:00\""},
        {"duration",
         {{"from", Kind::string}},
         false,
         Kind::any,
         to_duration,
         "a span of time",
         "duration(\"P10D\")",
         "@\"P10D\""},
        {"years and months duration",
         {{"from"}, {"to"}},
         false,
         Kind::months_duration,
         months_between,
         "the whole months between two days",
         "years and months duration(date(\"2024-01-15\"), date(\"2026-03-14\"))",
         "@\"P2Y1M\""},
        {"day of week",
         {{"date"}},
         false,
         Kind::string,
         day_of_week,
         "its English name",
         "day of week(date(\"2026-03-02\"))",
         "\"Monday\""},
        {"month of year",
         {{"date"}},
         false,
         Kind::string,
         month_of_year,
         "its English name",
         "month of year(date(\"2026-03-02\"))",
         "\"March\""},
        {"day of year",
         {{"date"}},
         false,
         Kind::number,
         day_of_year,
         "counted from 1 January",
         "day of year(date(\"2026-03-02\"))",
         "61"},
    };
}

}  // namespace workflow::feel
