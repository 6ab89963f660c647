#include <array>

#include "../../base/decimal.hpp"
#include "../operators.hpp"
#include "../temporal.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

template <class T>
Value value_of(const std::optional<T>& held) {
    return held ? Value(*held) : Value();
}

Value to_date(Arguments a, const Call&) {
    if (const auto* text = a[0].as<std::string>()) {
        if (const auto date = parse_day(*text)) return *date;
        return {};
    }
    if (const auto* moment = a[0].as<DateTime>()) return moment->date;
    return a[0].as<Date>() ? a[0] : Value();
}

Value date_of_parts(Arguments a, const Call&) {
    const auto year = whole_number(a[0]), month = whole_number(a[1]), day = whole_number(a[2]);
    return year && month && day ? value_of(day_of(*year, *month, *day)) : Value();
}

Value to_time(Arguments a, const Call&) {
    if (const auto* text = a[0].as<std::string>()) return value_of(parse_time(*text));
    if (const auto* moment = a[0].as<DateTime>()) return moment->time;
    if (a[0].as<Date>()) return TimeOfDay{0, ClockZone{}};
    return a[0].as<TimeOfDay>() ? a[0] : Value();
}

/// Creates a time from hours, minutes, seconds with a fraction, and an offset from UTC.
Value time_of_parts(Arguments a, const Call&) {
    const auto hour = whole_number(a[0]), minute = whole_number(a[1]);
    const auto* seconds = a[2].as<Decimal>();
    const auto scaled = seconds ? multiply(*seconds, decimal_of(one_second)) : std::nullopt;
    const auto rounded = scaled ? round(*scaled, 0, Rounding::down) : std::nullopt;
    const auto nanoseconds = rounded ? to_integer(*rounded) : std::nullopt;
    if (!hour || *hour < 0 || *hour > 23 || !minute || *minute < 0 || *minute > 59 ||
        !nanoseconds || *nanoseconds < 0 || *nanoseconds >= 60 * one_second)
        return {};
    TimeOfDay time{(*hour * 60 + *minute) * 60 * one_second + *nanoseconds, {}};
    if (a.size() < 4 || a[3].is_null()) return time;
    const auto* offset = a[3].as<DaysTimeDuration>();
    if (!offset || offset->nanoseconds > 18 * 3600 * __int128{one_second} ||
        offset->nanoseconds < -18 * 3600 * __int128{one_second})
        return {};
    time.zone = ClockZone{static_cast<std::int32_t>(offset->nanoseconds / one_second), nullptr};
    return time;
}

Value to_date_time(Arguments a, const Call&) {
    if (const auto* text = a[0].as<std::string>()) {
        if (const auto moment = parse_date_time(*text)) return *moment;
        const auto date = parse_day(*text);
        return date ? Value(DateTime{*date, {}}) : Value();
    }
    if (const auto* date = a[0].as<Date>()) return DateTime{*date, {0, ClockZone{}}};
    return a[0].as<DateTime>() ? a[0] : Value();
}

Value date_with_time(Arguments a, const Call&) {
    const auto* moment = a[0].as<DateTime>();
    const auto* date = moment ? &moment->date : a[0].as<Date>();
    const auto* time = a[1].as<TimeOfDay>();
    return date && time ? Value(settled({*date, *time})) : Value();
}

Value to_duration(Arguments a, const Call&) {
    if (a[0].as<DaysTimeDuration>() || a[0].as<YearsMonthsDuration>()) return a[0];
    const auto* text = a[0].as<std::string>();
    return text ? value_of(parse_duration(*text)) : Value();
}

/// Returns the whole months from one day to the other.
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
    return local_date(call.evaluation.moment.now, call.evaluation.moment.offset);
}

Value now(Arguments, const Call& call) {
    const auto& moment = call.evaluation.moment;
    return local_moment(moment.now, moment.offset);
}

template <std::size_t n>
Value named(const Value& value, std::string_view property,
            const std::array<const char*, n>& names) {
    const auto number = entry(value, property);
    const auto at = number ? whole_number(*number) : std::nullopt;
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

/// ISO 8601: the first week of a year is the week with its first Thursday.
Value week_of_year(Arguments a, const Call&) {
    const auto* moment = a[0].as<DateTime>();
    const auto* date = moment ? &moment->date : a[0].as<Date>();
    if (!date) return {};
    const auto weekday = ((date->days + 3) % 7 + 7) % 7;  // Monday is 0
    const Date thursday{date->days - weekday + 3};
    return decimal_of((thursday.days - date_of(civil(thursday).year, 1, 1)->days) / 7 + 1);
}

}  // namespace

std::vector<Builtin> time_functions() {
    return {
        {"today",
         {},
         false,
         Kind::date,
         today,
         "the date of the act, in the hall's time zone",
         "today() = today()",
         "true",
         Builtin::Like::itself,
         true},
        {"now",
         {},
         false,
         Kind::date_time,
         now,
         "the date and time of the act, in the hall's time zone",
         "now() = now()",
         "true",
         Builtin::Like::itself,
         true},
        {"date",
         {{"from"}},
         false,
         Kind::date,
         to_date,
         "the date that a text gives, or the date part of a date and time",
         "date(\"2026-03-02\")",
         "@\"2026-03-02\""},
        {"date",
         {{"year", Kind::number}, {"month", Kind::number}, {"day", Kind::number}},
         false,
         Kind::date,
         date_of_parts,
         "the date with these parts",
         "date(2026, 3, 2)",
         "@\"2026-03-02\""},
        {"time",
         {{"from"}},
         false,
         Kind::time,
         to_time,
         "the time that a text gives, or the time part of a date and time",
         "time(\"09:30:00\")",
         "@\"09:30:00\""},
        {"time",
         {{"hour", Kind::number},
          {"minute", Kind::number},
          {"second", Kind::number},
          {"offset", Kind::days_duration, true}},
         false,
         Kind::time,
         time_of_parts,
         "the time with these parts",
         "time(9, 30, 0, @\"PT8H\")",
         "@\"09:30:00+08:00\""},
        {"date and time",
         {{"from"}},
         false,
         Kind::date_time,
         to_date_time,
         "the date and time that a text gives",
         "date and time(\"2026-03-02T09:30:00@Europe/Paris\")",
         "@\"2026-03-02T09:30:00@Europe/Paris\""},
        {"date and time",
         {{"date"}, {"time", Kind::time}},
         false,
         Kind::date_time,
         date_with_time,
         "combines the date of the first value with a time",
         "date and time(date(\"2026-03-02\"), time(\"09:30:00\"))",
         "@\"2026-03-02T09:30:00\""},
        {"duration",
         {{"from"}},
         false,
         Kind::any,
         to_duration,
         "the duration that a text gives",
         "duration(\"P10D\")",
         "@\"P10D\""},
        {"years and months duration",
         {{"from"}, {"to"}},
         false,
         Kind::months_duration,
         months_between,
         "the number of whole months between two dates, as a duration",
         "years and months duration(date(\"2024-01-15\"), date(\"2026-03-14\"))",
         "@\"P2Y1M\""},
        {"day of week",
         {{"date"}},
         false,
         Kind::string,
         day_of_week,
         "the English name of the weekday",
         "day of week(date(\"2026-03-02\"))",
         "\"Monday\""},
        {"month of year",
         {{"date"}},
         false,
         Kind::string,
         month_of_year,
         "the English name of the month",
         "month of year(date(\"2026-03-02\"))",
         "\"March\""},
        {"day of year",
         {{"date"}},
         false,
         Kind::number,
         day_of_year,
         "the day of the year, counted from 1 January",
         "day of year(date(\"2026-03-02\"))",
         "61"},
        {"week of year",
         {{"date"}},
         false,
         Kind::number,
         week_of_year,
         "the week of the year by ISO 8601",
         "week of year(date(\"2026-03-02\"))",
         "10"},
    };
}

}  // namespace workflow::feel
