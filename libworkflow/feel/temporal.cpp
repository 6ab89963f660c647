#include "temporal.hpp"

#include <charconv>

#include "../base/zones.hpp"

namespace workflow::feel {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<int> two_digits(std::string_view text) {
    if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return {};
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/// Removes the digits after a point from the front and returns them in nanoseconds; ignores digits
/// after the ninth.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return {};
    std::int64_t unit = one_second, fraction = 0;
    while (!text.empty() && is_digit(text.front())) {
        unit /= 10;
        fraction += (text.front() - '0') * unit;
        text.remove_prefix(1);
    }
    return fraction;
}

/// A number and the letter after it, removed from the front: `12H`. `fraction` is in nanoseconds.
struct Amount {
    std::int64_t whole = 0, fraction = 0;
    char unit = 0;
};

std::optional<Amount> take_amount(std::string_view& text) {
    Amount amount;
    if (text.empty() || !is_digit(text.front())) return {};
    const auto* begin = text.data();
    const auto [end, error] = std::from_chars(begin, begin + text.size(), amount.whole);
    if (error != std::errc{}) return {};
    text.remove_prefix(static_cast<std::size_t>(end - begin));
    if (text.starts_with('.')) {
        const auto fraction = take_fraction(text);
        if (!fraction) return {};
        amount.fraction = *fraction;
    }
    if (text.empty()) return {};
    amount.unit = text.front();
    text.remove_prefix(1);
    return amount;
}

/// Adds `part` times `unit` nanoseconds to `sum`. Returns false beyond the span of the calendar.
bool accumulate(__int128& sum, std::int64_t part, std::int64_t unit) {
    constexpr __int128 longest = static_cast<__int128>(furthest_year) * 2 * 366 * one_day;
    sum += static_cast<__int128>(part) * unit;
    return sum <= longest;
}

/// `Z`, `+08:00`, `-02:45:55`, `@Europe/Paris`.
std::optional<ClockZone> parse_zone(std::string_view text) {
    if (text == "Z") return ClockZone{};
    if (text.starts_with('@')) {
        const auto* name = find_zone(text.substr(1));
        if (!name) return {};
        return ClockZone{zone_offset_at(*name, Date{0}, 0), name};
    }
    const bool west = text.front() == '-';
    if ((!west && text.front() != '+') || (text.size() != 6 && text.size() != 9) || text[3] != ':')
        return {};
    const auto hours = two_digits(text.substr(1));
    const auto minutes = two_digits(text.substr(4));
    if (!hours || *hours > 18 || !minutes || *minutes > 59) return {};
    int offset = (*hours * 60 + *minutes) * 60;
    if (text.size() == 9) {
        const auto seconds = text[6] == ':' ? two_digits(text.substr(7)) : std::nullopt;
        if (!seconds || *seconds > 59) return {};
        offset += *seconds;
    }
    if (offset > 18 * 3600) return {};
    return ClockZone{west ? -offset : offset, nullptr};
}

}  // namespace

std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year < -furthest_year || year > furthest_year || month < 1 || month > 12 || day < 1 ||
        day > 31)
        return {};
    return date_of(static_cast<int>(year), static_cast<unsigned>(month),
                   static_cast<unsigned>(day));
}

std::optional<Date> parse_day(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto digits = std::min(text.find('-'), text.size());
    if (digits < 4 || digits > 9 || (digits > 4 && text.front() == '0')) return {};
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, year);
    if (error != std::errc{} || end != text.data() + digits) return {};
    text.remove_prefix(digits);
    if (text.size() != 6 || text[3] != '-') return {};
    const auto month = two_digits(text.substr(1)), day = two_digits(text.substr(4));
    if (!month || !day) return {};
    return day_of(negative ? -year : year, *month, *day);
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
    const auto hours = two_digits(text);
    if (!hours || *hours > 23 || text.size() < 8 || text[2] != ':' || text[5] != ':') return {};
    const auto minutes = two_digits(text.substr(3));
    const auto seconds = two_digits(text.substr(6));
    if (!minutes || *minutes > 59 || !seconds || *seconds > 59) return {};
    TimeOfDay time{((*hours * 60 + *minutes) * 60 + *seconds) * one_second, {}};
    text.remove_prefix(8);
    if (text.starts_with('.')) {
        const auto fraction = take_fraction(text);
        if (!fraction) return {};
        time.nanoseconds += *fraction;
    }
    if (text.empty()) return time;
    time.zone = parse_zone(text);
    if (!time.zone) return {};
    return time;
}

DateTime settled(DateTime moment) {
    if (moment.time.zone && moment.time.zone->name)
        moment.time.zone->offset =
            zone_offset_at(*moment.time.zone->name, moment.date, moment.time.nanoseconds);
    return moment;
}

DateTime local_moment(Instant instant, UtcOffset offset) {
    const auto date = local_date(instant, offset);
    const auto since = instant.microseconds - start_of(date, offset).microseconds;
    return {date, {since * 1'000, ClockZone{offset.minutes * 60, nullptr}}};
}

std::optional<DateTime> parse_date_time(std::string_view text) {
    const auto middle = text.find('T');
    if (middle == std::string_view::npos) return {};
    auto date = parse_day(text.substr(0, middle));
    auto clock = std::string(text.substr(middle + 1));
    // The end of a day is the beginning of the next.
    if (date && clock.starts_with("24:00:00")) {
        clock.replace(0, 2, "00");
        ++date->days;
    }
    const auto time = parse_time(clock);
    if (!date || !time) return {};
    return settled({*date, *time});
}

std::optional<Value> parse_duration(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (!text.starts_with('P') || text.size() < 3) return {};
    text.remove_prefix(1);
    std::int64_t months = 0;
    __int128 nanoseconds = 0;
    bool has_months = false, has_days = false, in_time = false;
    std::string_view order = "YMD";
    while (!text.empty()) {
        if (text.front() == 'T' && !in_time) {
            in_time = true;
            order = "HMS";
            text.remove_prefix(1);
            if (text.empty()) return {};
            continue;
        }
        const auto amount = take_amount(text);
        if (!amount) return {};
        const auto place = order.find(amount->unit);
        if (place == std::string_view::npos || (amount->fraction != 0 && amount->unit != 'S'))
            return {};
        order.remove_prefix(place + 1);
        bool fits = true;
        if (!in_time && amount->unit != 'D') {
            has_months = true;
            std::int64_t part = 0;
            fits = !__builtin_mul_overflow(amount->whole, amount->unit == 'Y' ? 12 : 1, &part) &&
                   !__builtin_add_overflow(months, part, &months);
        } else {
            has_days = true;
            const std::int64_t unit = !in_time              ? one_day
                                      : amount->unit == 'H' ? 3600 * one_second
                                      : amount->unit == 'M' ? 60 * one_second
                                                            : one_second;
            fits = accumulate(nanoseconds, amount->whole, unit) &&
                   accumulate(nanoseconds, amount->fraction, 1);
        }
        if (!fits) return {};
    }
    if (has_months == has_days) return {};
    if (has_months) return Value(YearsMonthsDuration{negative ? -months : months});
    return Value(DaysTimeDuration{negative ? -nanoseconds : nanoseconds});
}

std::optional<Value> parse_temporal(std::string_view text) {
    if (const auto date = parse_day(text)) return Value(*date);
    if (const auto moment = parse_date_time(text)) return Value(*moment);
    if (const auto time = parse_time(text)) return Value(*time);
    return parse_duration(text);
}

std::string plain_text(const Value& value) {
    if (const auto* text = value.as<std::string>()) return *text;
    auto literal = to_string(value);
    if (literal.starts_with("@\"")) return literal.substr(2, literal.size() - 3);
    return literal;
}

__int128 moment_of(const DateTime& moment) {
    const auto offset = moment.time.zone ? moment.time.zone->offset : 0;
    return static_cast<__int128>(moment.date.days) * one_day + moment.time.nanoseconds -
           offset * one_second;
}

std::optional<DateTime> shifted(const DateTime& moment, __int128 nanoseconds) {
    const auto& zone = moment.time.zone;
    const auto split = [&](__int128 local) -> std::optional<DateTime> {
        auto days = local / one_day;
        auto rest = local % one_day;
        if (rest < 0) {
            rest += one_day;
            --days;
        }
        constexpr __int128 furthest_day = static_cast<__int128>(furthest_year) * 366;
        if (days > furthest_day || days < -furthest_day) return {};
        const Date date{static_cast<std::int64_t>(days)};
        if (std::abs(civil(date).year) > furthest_year) return {};
        return DateTime{date, {static_cast<std::int64_t>(rest), zone}};
    };
    const auto later = moment_of(moment) + nanoseconds;
    if (!zone || !zone->name) return split(later + (zone ? zone->offset : 0) * one_second);
    // In a named zone the clock may have been changed in between.
    const auto in_utc = split(later);
    if (!in_utc) return {};
    const auto offset = zone_offset_at_moment(
        *zone->name, in_utc->date.days * 86'400 + in_utc->time.nanoseconds / one_second);
    auto local = split(later + offset * one_second);
    if (local) local->time.zone->offset = offset;
    return local;
}

std::optional<Date> plus_months(Date date, std::int64_t months) {
    constexpr std::int64_t most = std::int64_t{2} * furthest_year * 12;
    if (months > most || months < -most) return {};
    const auto from = civil(date);
    const auto total = std::int64_t{from.year} * 12 + static_cast<int>(from.month) - 1 + months;
    const auto year = total >= 0 ? total / 12 : -((11 - total) / 12);
    const auto month = total - year * 12 + 1;
    for (auto last = from.day; last > 27; --last)
        if (const auto found = day_of(year, month, last)) return found;
    return day_of(year, month, from.day);
}

}  // namespace workflow::feel
