// Dates and instants of the vocabulary: civil from days and back, RFC 3339 in and out.

#include <cstdlib>

#include <fmt/format.h>

#include <workflow/values.hpp>

#include "time_units.hpp"

namespace workflow::inline v0 {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const auto quotient = a / b;
    return quotient - (a % b != 0 && (a < 0) != (b < 0));
}

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

unsigned days_in(int year, unsigned month) {
    constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Removes `digits` decimal digits from the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return {};
    int number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return {};
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, '-')) return {};
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-')) return {};
    const auto day = take_number(text, 2);
    if (!day) return {};
    return date_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

/// Parses `Z`, `+08:00`, `-0330`.
std::optional<UtcOffset> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return UtcOffset{0};
    const bool west = !text.empty() && text.front() == '-';
    if (!take(text, '+') && !take(text, '-')) return {};
    const auto hours = take_number(text, 2);
    if (!hours) return {};
    take(text, ':');
    const auto minutes = take_number(text, 2);
    if (!minutes || *hours > 18 || *minutes > 59) return {};
    const int total = *hours * 60 + *minutes;
    return UtcOffset{west ? -total : total};
}

}  // namespace

// Days to civil and back: Howard Hinnant, "chrono-compatible low-level date algorithms".

YearMonthDay civil(Date date) {
    const std::int64_t z = date.days + 719468;
    const std::int64_t era = floor_div(z, 146097);
    const auto day_of_era = static_cast<unsigned>(z - era * 146097);
    const unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted = (5 * day_of_year + 2) / 153;
    const unsigned day = day_of_year - (153 * shifted + 2) / 5 + 1;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    const auto year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
    return {year, month, day};
}

std::optional<Date> date_of(int year, unsigned month, unsigned day) {
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return {};
    if (year < -1'000'000'000 || year > 1'000'000'000) return {};
    const std::int64_t y = std::int64_t{year} - (month <= 2 ? 1 : 0);
    const std::int64_t era = floor_div(y, 400);
    const auto year_of_era = static_cast<unsigned>(y - era * 400);
    const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const unsigned day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return Date{era * 146097 + day_of_era - 719468};
}

std::optional<Date> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text, UtcOffset offset) {
    const auto date = take_date(text);
    if (!date || (!take(text, 'T') && !take(text, ' '))) return {};
    const auto hours = take_number(text, 2);
    if (!hours || !take(text, ':')) return {};
    const auto minutes = take_number(text, 2);
    if (!minutes) return {};
    int seconds = 0;
    std::int64_t fraction = 0;
    if (take(text, ':')) {
        const auto given = take_number(text, 2);
        if (!given) return {};
        seconds = *given;
        if (take(text, '.')) {
            std::int64_t unit = micros_a_second;
            bool any = false;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                unit /= 10;  // digits beyond microseconds are dropped
                fraction += (text.front() - '0') * unit;
                text.remove_prefix(1);
                any = true;
            }
            if (!any) return {};
        }
    }
    if (*hours > 23 || *minutes > 59 || seconds > 59) return {};
    if (!text.empty()) {
        const auto given = take_offset(text);
        if (!given || !text.empty()) return {};
        offset = *given;
    }
    return Instant{start_of(*date, offset).microseconds +
                   (*hours * 60 + *minutes) * micros_a_minute + seconds * micros_a_second +
                   fraction};
}

std::string to_string(Date date) {
    const auto day = civil(date);
    return fmt::format("{}{:04}-{:02}-{:02}", day.year < 0 ? "-" : "", std::abs(day.year),
                       day.month, day.day);
}

std::string to_string(Instant instant, UtcOffset offset) {
    const auto local = instant.microseconds + offset.minutes * micros_a_minute;
    const auto days = floor_div(local, micros_a_day);
    const auto rest = local - days * micros_a_day;
    const auto seconds = rest / micros_a_second;
    auto text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(Date{days}), seconds / 3600,
                            seconds / 60 % 60, seconds % 60);
    if (const auto fraction = rest % micros_a_second; fraction != 0)
        text += fmt::format(".{:06}", fraction);
    if (offset.minutes == 0) return text + 'Z';
    const auto minutes = offset.minutes < 0 ? -offset.minutes : offset.minutes;
    return text +
           fmt::format("{}{:02}:{:02}", offset.minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

Date local_date(Instant instant, UtcOffset offset) {
    const auto local = instant.microseconds + offset.minutes * micros_a_minute;
    return Date{floor_div(local, micros_a_day)};
}

Instant start_of(Date date, UtcOffset offset) {
    return Instant{date.days * micros_a_day - offset.minutes * micros_a_minute};
}

std::string to_string(Limit limit) {
    const auto counted = [&](std::string_view unit) {
        return fmt::format("{} {}{}", limit.amount, unit, limit.amount == 1 ? "" : "s");
    };
    switch (limit.unit) {
        case LimitUnit::workdays:
            return counted("workday");
        case LimitUnit::days:
            return counted("day");
        case LimitUnit::minutes:
            return counted("minute");
        case LimitUnit::working_minutes:
            return counted("working minute");
    }
    return {};
}

}  // namespace workflow::inline v0
