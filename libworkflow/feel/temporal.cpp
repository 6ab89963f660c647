#include "temporal.hpp"

#include <algorithm>
#include <charconv>

namespace workflow::feel {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

std::optional<int> two_digits(std::string_view text) {
    if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return {};
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/// A number and the letter after it, taken off the front: `12H`. `fraction` in microseconds.
struct Amount {
    std::int64_t whole = 0, fraction = 0;
    char unit = 0;
};

std::optional<Amount> take_amount(std::string_view& text) {
    Amount amount;
    const auto* begin = text.data();
    const auto [end, error] = std::from_chars(begin, begin + text.size(), amount.whole);
    if (error != std::errc{} || end == begin || *begin == '-') return {};
    text.remove_prefix(static_cast<std::size_t>(end - begin));
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        std::int64_t unit = second;
        if (text.empty() || text.front() < '0' || text.front() > '9') return {};
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            unit /= 10;
            amount.fraction += (text.front() - '0') * unit;
            text.remove_prefix(1);
        }
    }
    if (text.empty()) return {};
    amount.unit = text.front();
    text.remove_prefix(1);
    return amount;
}

/// `part` of `unit` microseconds added to `sum`; false on overflow.
bool accumulate(std::int64_t& sum, std::int64_t part, std::int64_t unit) {
    std::int64_t product = 0;
    return !__builtin_mul_overflow(part, unit, &product) &&
           !__builtin_add_overflow(sum, product, &sum);
}

}  // namespace

std::optional<TimeOfDay> parse_time(std::string_view text) {
    const auto hours = two_digits(text);
    if (!hours || *hours > 23 || text.size() < 8 || text[2] != ':' || text[5] != ':') return {};
    const auto minutes = two_digits(text.substr(3));
    const auto seconds = two_digits(text.substr(6));
    if (!minutes || *minutes > 59 || !seconds || *seconds > 59) return {};
    TimeOfDay time{((*hours * 60 + *minutes) * 60 + *seconds) * second, {}};
    text.remove_prefix(8);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        std::int64_t unit = second;
        if (text.empty() || text.front() < '0' || text.front() > '9') return {};
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            unit /= 10;
            time.microseconds += (text.front() - '0') * unit;
            text.remove_prefix(1);
        }
    }
    if (text.empty()) return time;
    if (text == "Z") {
        time.offset = UtcOffset{0};
        return time;
    }
    const bool west = text.front() == '-';
    if ((!west && text.front() != '+') || text.size() != 6 || text[3] != ':') return {};
    const auto east_hours = two_digits(text.substr(1));
    const auto east_minutes = two_digits(text.substr(4));
    if (!east_hours || *east_hours > 14 || !east_minutes || *east_minutes > 59) return {};
    const int offset = *east_hours * 60 + *east_minutes;
    time.offset = UtcOffset{west ? -offset : offset};
    return time;
}

std::optional<DateTime> parse_date_time(std::string_view text) {
    const auto middle = text.find('T');
    if (middle == std::string_view::npos) return {};
    const auto date = parse_date(text.substr(0, middle));
    const auto time = parse_time(text.substr(middle + 1));
    if (!date || !time) return {};
    return DateTime{*date, *time};
}

std::optional<Value> parse_duration(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (!text.starts_with('P') || text.size() < 3) return {};
    text.remove_prefix(1);
    std::int64_t months = 0, microseconds = 0;
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
            fits = accumulate(months, amount->whole, amount->unit == 'Y' ? 12 : 1);
        } else {
            has_days = true;
            const std::int64_t unit = !in_time              ? day
                                      : amount->unit == 'H' ? 3600 * second
                                      : amount->unit == 'M' ? 60 * second
                                                            : second;
            fits = accumulate(microseconds, amount->whole, unit) &&
                   accumulate(microseconds, amount->fraction, 1);
        }
        if (!fits) return {};
    }
    if (has_months == has_days) return {};
    if (has_months) return Value(YearsMonthsDuration{negative ? -months : months});
    return Value(DaysTimeDuration{negative ? -microseconds : microseconds});
}

std::optional<Value> parse_temporal(std::string_view text) {
    if (const auto date = parse_date(text)) return Value(*date);
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

std::int64_t moment_of(const DateTime& moment) {
    return moment.date.days * day + moment.time.microseconds -
           moment.time.offset.value_or(UtcOffset{0}).minutes * 60 * second;
}

std::optional<DateTime> shifted(const DateTime& moment, std::int64_t microseconds) {
    const auto total = moment.time.microseconds + microseconds % day;
    auto days = moment.date.days + microseconds / day + total / day;
    auto rest = total % day;
    if (rest < 0) {
        rest += day;
        --days;
    }
    constexpr std::int64_t furthest_day = std::int64_t{furthest_year} * 365;
    if (days > furthest_day || days < -furthest_day) return {};
    return DateTime{Date{static_cast<std::int32_t>(days)}, {rest, moment.time.offset}};
}

std::optional<Date> plus_months(Date date, std::int64_t months) {
    constexpr std::int64_t most = std::int64_t{2} * furthest_year * 12;
    if (months > most || months < -most) return {};
    const auto from = civil(date);
    const auto total = std::int64_t{from.year} * 12 + static_cast<int>(from.month) - 1 + months;
    const auto year = total >= 0 ? total / 12 : -((11 - total) / 12);
    if (year > furthest_year || year < -furthest_year) return {};
    const auto month = static_cast<unsigned>(total - year * 12 + 1);
    for (auto last = from.day; last > 27; --last)
        if (const auto found = date_of(static_cast<int>(year), month, last)) return found;
    return date_of(static_cast<int>(year), month, from.day);
}

}  // namespace workflow::feel
