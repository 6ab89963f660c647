// `hours:` and `by appointment:`: the published opening hours of a week.

#include <algorithm>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

const std::vector<std::string> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<std::size_t> day_named(std::string_view text) {
    const auto found = std::find(day_names.begin(), day_names.end(), text);
    if (found == day_names.end()) return {};
    return static_cast<std::size_t>(found - day_names.begin());
}

/// Returns the first and the last day of `mon` or `mon-fri`.
std::optional<std::pair<std::size_t, std::size_t>> days_named(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = day_named(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_named(text.substr(dash + 1));
    if (!first || !last || *last < *first) return {};
    return std::pair(*first, *last);
}

/// Returns the minutes of `09:00`; `24:00` is allowed.
std::optional<int> time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return {};
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (minutes > 59 || hours * 60 + minutes > 24 * 60) return {};
    return hours * 60 + minutes;
}

std::optional<HourSpan> span_in(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return {};
    const auto from = time_of_day(text.substr(0, 5)), to = time_of_day(text.substr(6));
    if (!from || !to || *to <= *from) return {};
    return HourSpan{*from, *to};
}

std::vector<HourSpan> read_spans(const YamlNode& node, std::string_view what,
                                 DiagnosticSink& findings) {
    std::vector<HourSpan> spans;
    for (const YamlNode* entry : read_list(node, what, findings, true)) {
        const auto text = read_text(*entry, fmt::format("an entry of {}", what), findings);
        if (!text) continue;
        const auto span = span_in(*text);
        if (!span)
            findings.add("bad-hours", entry->mark,
                         fmt::format("`{}` is not a time span", shortened(*text)),
                         "write it as 09:00-12:00, the earlier time first");
        else if (!spans.empty() && span->from < spans.back().to)
            findings.add("bad-hours", entry->mark,
                         fmt::format("{} begins before the previous time span ends", *text),
                         "write a day's time spans in order and without overlap");
        else
            spans.push_back(*span);
    }
    return spans;
}

}  // namespace

std::optional<std::array<std::vector<HourSpan>, 7>> read_week(const YamlNode& node,
                                                              std::string_view what,
                                                              DiagnosticSink& findings) {
    const auto errors = findings.errors();
    std::array<std::vector<HourSpan>, 7> week;
    std::array<bool, 7> named{};
    for (const auto& entry : read_entries(node, what, findings)) {
        const auto spans =
            read_spans(entry.value, fmt::format("`{}` of {}", entry.key, what), findings);
        const auto days = days_named(entry.key);
        if (!days) {
            findings.add(
                "bad-hours", entry.key_mark,
                fmt::format("`{}` is not a weekday or a range of weekdays", shortened(entry.key)),
                "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`, or a range such as "
                "`mon-fri`");
            continue;
        }
        for (auto day = days->first; day <= days->second; ++day) {
            if (named.at(day))
                findings.add("listed-twice", entry.key_mark,
                             fmt::format("the hours of `{}` are given twice", day_names.at(day)),
                             "name each day once");
            named.at(day) = true;
            week.at(day) = spans;
        }
    }
    if (findings.errors() != errors) return {};
    if (std::all_of(week.begin(), week.end(), [](const auto& day) { return day.empty(); })) {
        findings.add("bad-hours", node.mark, fmt::format("{} gives no time span for any day", what),
                     "write it as mon-fri: [09:00-12:00, 13:30-17:00]");
        return {};
    }
    return week;
}

}  // namespace workflow::definition
