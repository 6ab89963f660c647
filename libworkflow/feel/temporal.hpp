#pragma once

/// Dates, times and durations in the notation of FEEL (ISO 8601, and IANA zones after @), and
/// calculation with them.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Parses a date. Years have four digits, or up to nine without leading zeros, and may be negative.
std::optional<Date> parse_day(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
/// Parses `P1DT2H`, `-PT0.5S` or `P1Y2M`. Returns no value for a mixture of both kinds.
std::optional<Value> parse_duration(std::string_view text);
/// Parses the content of @"...".
std::optional<Value> parse_temporal(std::string_view text);
/// Returns the result of FEEL's string(): without @ and quotes.
std::string plain_text(const Value& value);

inline constexpr std::int64_t one_second = 1'000'000'000;
inline constexpr std::int64_t one_day = 86'400 * one_second;
/// Calendar days lie between the years -furthest_year and furthest_year (the limit of XML Schema
/// and Java).
inline constexpr int furthest_year = 999'999'999;

/// Returns no value outside the calendar, or if the day does not exist.
std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day);

/// Returns nanoseconds since the epoch; a date and time without a zone is taken as UTC.
__int128 moment_of(const DateTime& moment);
/// Returns the local date and time of a moment, in the same zone; no value outside the calendar.
std::optional<DateTime> shifted(const DateTime& moment, __int128 nanoseconds);
/// Returns the same day `months` later, or the last day of that month; no value outside the
/// calendar.
std::optional<Date> plus_months(Date date, std::int64_t months);
/// Returns the local date and time of a moment.
DateTime local_moment(Instant instant, UtcOffset offset);
/// Sets the offset that a named zone has on the day.
DateTime settled(DateTime moment);

}  // namespace workflow::feel
