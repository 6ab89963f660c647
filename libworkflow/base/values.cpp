// Values as FEEL literals, and when two are the same.

#include <fmt/format.h>

#include <cstdlib>
#include <workflow/values.hpp>

#include "decimal.hpp"

namespace workflow {
namespace {

constexpr std::int64_t micros_a_second = 1'000'000;

std::string time_text(const TimeOfDay& time) {
    const auto seconds = time.microseconds / micros_a_second;
    auto text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (const auto fraction = time.microseconds % micros_a_second; fraction != 0) {
        text += fmt::format(".{:06}", fraction);
        while (text.back() == '0') text.pop_back();
    }
    if (time.offset) {
        if (time.offset->minutes == 0) return text + 'Z';
        const auto minutes = std::abs(time.offset->minutes);
        text += fmt::format("{}{:02}:{:02}", time.offset->minutes < 0 ? '-' : '+', minutes / 60,
                            minutes % 60);
    }
    return text;
}

std::string duration_text(DaysTimeDuration duration) {
    if (duration.microseconds == 0) return "PT0S";
    // Unsigned, so that the smallest value has an absolute one too.
    auto rest = duration.microseconds < 0 ? 0 - static_cast<std::uint64_t>(duration.microseconds)
                                          : static_cast<std::uint64_t>(duration.microseconds);
    std::string text = duration.microseconds < 0 ? "-P" : "P";
    const auto fraction = rest % 1'000'000;
    rest /= 1'000'000;
    const auto days = rest / 86400;
    const auto hours = rest / 3600 % 24;
    const auto minutes = rest / 60 % 60;
    const auto seconds = rest % 60;
    if (days) text += fmt::format("{}D", days);
    if (!hours && !minutes && !seconds && !fraction) return text;
    text += 'T';
    if (hours) text += fmt::format("{}H", hours);
    if (minutes) text += fmt::format("{}M", minutes);
    if (fraction) {
        auto part = fmt::format("{:06}", fraction);
        while (part.back() == '0') part.pop_back();
        text += fmt::format("{}.{}S", seconds, part);
    } else if (seconds) {
        text += fmt::format("{}S", seconds);
    }
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

std::string quoted(std::string_view text) {
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

struct Literal {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const Decimal& number) const { return to_string(number); }
    std::string operator()(const std::string& text) const { return quoted(text); }
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
            out += fmt::format("{}: {}", quoted(name), to_string(value));
        }
        return out + '}';
    }
    std::string operator()(const std::shared_ptr<const Range>& range) const {
        return fmt::format("{}{}..{}{}", range->low_included ? '[' : '(', to_string(range->low),
                           to_string(range->high), range->high_included ? ']' : ')');
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
};

}  // namespace

bool operator==(const Value& left, const Value& right) {
    return std::visit(Same{}, left.held_, right.held_);
}

std::string to_string(const Value& value) {
    return std::visit(Literal{}, value.held());
}

}  // namespace workflow
