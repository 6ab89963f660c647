#include "clock.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

#include "../shell/catalog_access.hpp"
#include "../shell/session_access.hpp"
namespace workflow::presentation {

namespace {

using engine::CaseClock;
using Part = DayOfLimit::Part;

constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string_view weekday_name(Date day) {
    return weekdays.at(static_cast<std::size_t>(weekday_of(day) - 1));
}

int year_of(Date day) {
    return civil(day).year;
}

/// Returns the word, for scripts, for why a day counts or does not.
std::string_view word_of(const DayOfLimit& day, LimitUnit unit) {
    switch (day.part) {
        case Part::start:
            return "first_day";
        case Part::paused:
            return "paused";
        case Part::moved:
            return day.kind == DayKind::workday || day.kind == DayKind::makeup_workday
                       ? "moved_to_workday"
                       : "moved_over";
        case Part::counted:
            if (unit == LimitUnit::days) return "day";
            return day.kind == DayKind::makeup_workday ? "makeup_workday" : "workday";
        case Part::no_workday:
            return day.kind == DayKind::holiday ? "holiday" : "weekend";
    }
    return {};
}

std::string article(const CaseClock& clock, const DayOfLimit& day) {
    return day.part == Part::paused ? clock.grounds[day.pause]
                                    : std::string(article_of(day, clock.limit.unit));
}

std::string notice_of(const DayOfLimit& day) {
    return day.assumed ? fmt::format("; the notice of {} is not loaded: assumed", year_of(day.day))
                       : std::string();
}

/// Returns the calendars by which a day is not a working day, if it is one by others.
std::string by_calendars(const CaseClock& clock, const DayOfLimit& day) {
    std::string text;
    for (const auto& name : clock.ruled_out_by_some(day.day))
        text += (text.empty() ? ", by the calendar " : " and ") + name.text;
    return text;
}

std::string words_of(const CaseClock& clock, const DayOfLimit& day) {
    const auto by_kind = [&](std::string_view otherwise) -> std::string {
        switch (day.kind) {
            case DayKind::workday:
                return std::string(otherwise);
            case DayKind::makeup_workday:
                return fmt::format("make-up working day (调休), notice of {}", year_of(day.day));
            case DayKind::weekend:
                return "weekend" + by_calendars(clock, day);
            case DayKind::holiday:
                return fmt::format("statutory holiday, notice of {}{}", year_of(day.day),
                                   by_calendars(clock, day));
        }
        return {};
    };
    switch (day.part) {
        case Part::start:
            return "the first day does not count";
        case Part::paused: {
            const auto& span = clock.pauses[day.pause];
            const bool open = clock.paused && day.pause + 1 == clock.pauses.size();
            return fmt::format("the clock stands from {} {}", to_string(span.from),
                               open ? "on" : "to " + to_string(span.to));
        }
        case Part::moved:
            return day.kind == DayKind::workday || day.kind == DayKind::makeup_workday
                       ? by_kind("working day") + ": the limit ends here"
                       : by_kind("") + ": the end is moved to the next working day";
        case Part::counted:
            return clock.limit.unit == LimitUnit::days ? "calendar day" + notice_of(day)
                                                       : by_kind("working day") + notice_of(day);
        case Part::no_workday:
            return by_kind("") + notice_of(day);
    }
    return {};
}

std::string name_of(const CaseClock& clock, const std::string& step) {
    switch (clock.kind) {
        case CaseClock::Kind::statutory:
            return "law";
        case CaseClock::Kind::promised:
            return "promised";
        case CaseClock::Kind::task:
            break;
    }
    return fmt::format("{} (task {})", step, number(clock.task));
}

std::string heading(const CaseClock& clock) {
    auto text = to_string(clock.limit);
    if (clock.extension)
        text += fmt::format(" ({} of them by extension, 行政许可法第四十二条)",
                            clock.extension->amount);
    text += " from " + to_string(clock.start);
    if (clock.deemed)
        text += " (deemed accepted, since nobody answered in time, 行政许可法第三十二条)";
    if (clock.days.empty())
        return text + (clock.recorded ? ", due on " + to_string(*clock.recorded) : "") +
               (clock.limit.unit == LimitUnit::working_minutes
                    ? "; it counts minutes of opening hours, not days"
                    : "; it counts minutes, not days");
    const auto end = clock.days.back().day;
    text += clock.paused
                ? fmt::format(", due on {} at the earliest: the clock stands", to_string(end))
                : ", due on " + to_string(end);
    if (clock.passed) text += " (passed)";
    if (const auto year = clock.assumed_year())
        text += fmt::format("; provisional, the notice of {} is not loaded", *year);
    if (clock.recorded && *clock.recorded != end && !clock.paused)
        text += fmt::format("; the case goes by {}, counted when it was recorded",
                            to_string(*clock.recorded));
    return text;
}

}  // namespace

Json json_of(const engine::CaseClock& clock) {
    constexpr std::array<std::string_view, 3> kinds{"statutory", "promised", "task"};
    Json json{{"clock", kinds.at(static_cast<std::size_t>(clock.kind))}};
    if (clock.kind == CaseClock::Kind::task) {
        json["task"] = number(clock.task);
        json["step"] = clock.step.text;
    }
    json["limit"] = to_string(clock.limit);
    json["start"] = to_string(clock.start);
    json["due"] = clock.days.empty() ? Json() : Json(to_string(clock.days.back().day));
    json["at_the_earliest"] = clock.paused;
    json["provisional"] = clock.assumed_year().has_value();
    json["recorded_due"] = json_of(clock.recorded);
    json["passed"] = clock.passed;
    if (clock.extension) json["extension"] = to_string(*clock.extension);
    json["deemed"] = clock.deemed;
    Json pauses = Json::array();
    for (std::size_t i = 0; i < clock.pauses.size(); ++i) {
        const bool open = clock.paused && i + 1 == clock.pauses.size();
        pauses.push_back({{"ground", clock.grounds[i]},
                          {"from", to_string(clock.pauses[i].from)},
                          {"to", open ? Json() : Json(to_string(clock.pauses[i].to))}});
    }
    json["pauses"] = std::move(pauses);
    Json days = Json::array();
    for (std::size_t i = 0; i < clock.days.size(); ++i) {
        const auto& day = clock.days[i];
        Json row{{"day", to_string(day.day)},
                 {"weekday", weekday_name(day.day)},
                 {"counts", day.part == Part::counted},
                 {"count", day.count},
                 {"why", word_of(day, clock.limit.unit)}};
        if (day.kind == DayKind::holiday || day.kind == DayKind::makeup_workday)
            row["notice"] = year_of(day.day);
        row["assumed"] = day.assumed;
        if (!clock.ruled_out.empty() && !clock.ruled_out[i].empty()) {
            row["ruled_out_by"] = Json::array();
            for (const auto& name : clock.ruled_out[i]) row["ruled_out_by"].push_back(name.text);
        }
        if (day.part == Part::paused) row["pause"] = day.pause;
        if (const auto text = article(clock, day); !text.empty()) row["article"] = text;
        days.push_back(std::move(row));
    }
    json["days"] = std::move(days);
    return json;
}

void print_clock(const engine::CaseClock& clock, const std::string& step, bool all,
                 const Paint& paint, std::ostream& out) {
    out << paint.bold(harmless(name_of(clock, step))) << ": " << heading(clock) << '\n';
    if (clock.days.empty()) return;
    Table table(out, paint, {{"day"}, {"to"}, {"count", true}, {"why"}, {"article"}});
    const auto when = [](Date day) {
        return fmt::format("{} {}", to_string(day), weekday_name(day));
    };
    for (std::size_t i = 0; i < clock.days.size();) {
        const auto& first = clock.days[i];
        const auto words = words_of(clock, first);
        auto last = i;
        while (!all && last + 1 < clock.days.size() && clock.days[last + 1].part == first.part &&
               words_of(clock, clock.days[last + 1]) == words)
            ++last;
        const auto& end = clock.days[last];
        std::string count;
        if (first.part == Part::counted)
            count = first.count == end.count ? std::to_string(first.count)
                                             : fmt::format("{}-{}", first.count, end.count);
        table.add(
            {when(first.day), i == last ? "" : when(end.day), count, words, article(clock, first)});
        i = last + 1;
    }
    table.flush();
}

}  // namespace workflow::presentation
