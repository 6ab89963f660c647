#pragma once

/// Dates, times and durations as FEEL writes them (ISO 8601), and calculating with them.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/values.hpp>

namespace workflow::feel {

std::optional<TimeOfDay> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
/// `P1DT2H`, `-PT0.5S`, or `P1Y2M`; nothing for a mixture of both kinds.
std::optional<Value> parse_duration(std::string_view text);
/// What stands in @"...".
std::optional<Value> parse_temporal(std::string_view text);
/// The text that FEEL's string() gives: without @ and quotes.
std::string plain_text(const Value& value);

/// Days of the calendar lie between the years -99,999 and 99,999: microseconds can count them.
inline constexpr int furthest_year = 99'999;

/// Microseconds since the epoch; a date and time without an offset is taken as UTC.
std::int64_t moment_of(const DateTime& moment);
/// Nothing outside the calendar.
std::optional<DateTime> shifted(const DateTime& moment, std::int64_t microseconds);
/// The same day `months` later, or the last of that month; nothing outside the calendar.
std::optional<Date> plus_months(Date date, std::int64_t months);

}  // namespace workflow::feel
