#pragma once

/// Dates, times and durations as FEEL writes them (ISO 8601, and IANA zones after @), and
/// calculating with them.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Years of four digits, or of up to nine without leading zeros, negative ones too.
std::optional<Date> parse_day(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
/// `P1DT2H`, `-PT0.5S`, or `P1Y2M`; nothing for a mixture of both kinds.
std::optional<Value> parse_duration(std::string_view text);
/// What stands in @"...".
std::optional<Value> parse_temporal(std::string_view text);
/// The text that FEEL's string() gives: without @ and quotes.
std::string plain_text(const Value& value);

inline constexpr std::int64_t one_second = 1'000'000'000;
inline constexpr std::int64_t one_day = 86'400 * one_second;
/// Days of the calendar lie between these years (XML Schema's and Java's limit).
inline constexpr int furthest_year = 999'999'999;

/// Nothing outside the calendar, or where there is no such day.
std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day);

/// Nanoseconds since the epoch; a date and time without a zone is taken as UTC.
__int128 moment_of(const DateTime& moment);
/// The local date and time, in the same zone, of a moment; nothing outside the calendar.
std::optional<DateTime> shifted(const DateTime& moment, __int128 nanoseconds);
/// The same day `months` later, or the last of that month; nothing outside the calendar.
std::optional<Date> plus_months(Date date, std::int64_t months);
/// The local date and time of a moment.
DateTime local_moment(Instant instant, UtcOffset offset);
/// The zone's offset where it depends on the day.
DateTime settled(DateTime moment);

}  // namespace workflow::feel
