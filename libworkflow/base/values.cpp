// Values as FEEL literals, and their equality.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <workflow/values.hpp>

#include "decimal.hpp"

namespace workflow::inline v0 {
namespace {

constexpr std::int64_t second = 1'000'000'000;

/// Returns a fraction of a second, with its point, without trailing zeros; empty for none.
std::string fraction_text(std::int64_t nanoseconds) {
    if (nanoseconds == 0) return {};
    auto text = fmt::format(".{:09}", nanoseconds);
    while (text.back() == '0') text.pop_back();
    return text;
}

std::string zone_text(const ClockZone& zone) {
    if (zone.name) return "@" + *zone.name;
    if (zone.offset == 0) return "Z";
    const auto seconds = std::abs(zone.offset);
    auto text = fmt::format("{}{:02}:{:02}", zone.offset < 0 ? '-' : '+', seconds / 3600,
                            seconds / 60 % 60);
    if (seconds % 60 != 0) text += fmt::format(":{:02}", seconds % 60);
    return text;
}

std::string time_text(const TimeOfDay& time) {
    const auto seconds = time.nanoseconds / second;
    return fmt::format("{:02}:{:02}:{:02}{}{}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                       fraction_text(time.nanoseconds % second),
                       time.zone ? zone_text(*time.zone) : std::string());
}

std::string duration_text(DaysTimeDuration duration) {
    if (duration.nanoseconds == 0) return "PT0S";
    const bool negative = duration.nanoseconds < 0;
    const auto length = negative ? -duration.nanoseconds : duration.nanoseconds;
    const auto fraction = static_cast<std::int64_t>(length % second);
    const auto rest = static_cast<std::int64_t>(length / second);
    const auto days = rest / 86400, hours = rest / 3600 % 24, minutes = rest / 60 % 60,
               seconds = rest % 60;
    std::string text = negative ? "-P" : "P";
    if (days) text += fmt::format("{}D", days);
    if (!hours && !minutes && !seconds && !fraction) return text;
    text += 'T';
    if (hours) text += fmt::format("{}H", hours);
    if (minutes) text += fmt::format("{}M", minutes);
    if (seconds || fraction) text += fmt::format("{}{}S", seconds, fraction_text(fraction));
    return text;
}

std::string duration_text(YearsMonthsDuration duration) {
    if (duration.months == 0) return "P0M";
    const auto months = duration.months < 0 ? 0 - static_cast<std::uint64_t>(duration.months)
                                            : static_cast<std::uint64_t>(duration.months);
    std::string text = duration.months < 0 ? "-P" : "P";
    if (months / 12) text += fmt::format("{}Y", months / 12);
    if (months % 12) text += fmt::format("{}M", months % 12);
    return text;
}

std::string literal(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + '"';
}

/// Returns whether a name can be written in FEEL without quotes in any context.
bool is_word(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

struct Literal {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const Decimal& number) const { return to_string(number); }
    std::string operator()(const std::string& text) const { return literal(text); }
    std::string operator()(Date date) const { return fmt::format("@\"{}\"", to_string(date)); }
    std::string operator()(const TimeOfDay& time) const {
        return fmt::format("@\"{}\"", time_text(time));
    }
    std::string operator()(const DateTime& moment) const {
        return fmt::format("@\"{}T{}\"", to_string(moment.date), time_text(moment.time));
    }
    std::string operator()(DaysTimeDuration d) const {
        return fmt::format("@\"{}\"", duration_text(d));
    }
    std::string operator()(YearsMonthsDuration d) const {
        return fmt::format("@\"{}\"", duration_text(d));
    }
    std::string operator()(const std::shared_ptr<const List>& list) const {
        std::string out = "[";
        for (const auto& item : *list) {
            if (out.size() > 1) out += ", ";
            out += to_string(item);
        }
        return out + ']';
    }
    std::string operator()(const std::shared_ptr<const Context>& context) const {
        std::string out = "{";
        for (const auto& [name, value] : *context) {
            if (out.size() > 1) out += ", ";
            out += fmt::format("{}: {}", is_word(name) ? name : literal(name), to_string(value));
        }
        return out + '}';
    }
    std::string operator()(const std::shared_ptr<const Range>& range) const {
        return fmt::format("{}{}..{}{}", range->low_included ? '[' : '(', to_string(range->low),
                           to_string(range->high), range->high_included ? ']' : ')');
    }
    std::string operator()(const std::shared_ptr<const feel::Function>&) const {
        return "function";
    }
};

struct Same {
    template <class A, class B>
    bool operator()(const A&, const B&) const {
        return false;
    }
    bool operator()(std::monostate, std::monostate) const { return true; }
    template <class T>
    bool operator()(const T& a, const T& b) const {
        return a == b;
    }
    bool operator()(const Decimal& a, const Decimal& b) const { return compare(a, b) == 0; }
    template <class T>
    bool operator()(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b) const {
        return a == b || *a == *b;
    }
    /// The order of a context's entries does not matter.
    bool operator()(const std::shared_ptr<const Context>& a,
                    const std::shared_ptr<const Context>& b) const {
        return a == b ||
               (a->size() == b->size() && std::all_of(a->begin(), a->end(), [&](const auto& entry) {
                    return std::any_of(b->begin(), b->end(),
                                       [&](const auto& other) { return entry == other; });
                }));
    }
    bool operator()(const std::shared_ptr<const feel::Function>& a,
                    const std::shared_ptr<const feel::Function>& b) const {
        return a == b;
    }
};

}  // namespace

bool operator==(const Value& left, const Value& right) {
    return std::visit(Same{}, left.held_, right.held_);
}

std::string to_string(const Value& value) {
    return std::visit(Literal{}, value.held());
}

}  // namespace workflow::inline v0
