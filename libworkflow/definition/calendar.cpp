// `calendar:` files, one per year, and the `catalog:` file.

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

bool weekend(Date day) {
    const int weekday = ((day.days + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; Monday is 0
    return weekday >= 5;
}

std::vector<Date> read_dates(const Form& form, std::string_view key, int year) {
    std::vector<Date> dates;
    const auto* node = form.find(key);
    if (!node) return dates;
    std::unordered_set<std::int32_t> seen;
    const std::string what = fmt::format("`{}`", key);
    for (const YamlNode* entry : read_list(*node, what, form.findings())) {
        const auto date = read_date(*entry, fmt::format("an entry of {}", what), form.findings());
        if (!date) continue;
        if (year != 0 && civil(*date).year != year) {
            form.findings().add("day-of-another-year", entry->mark,
                                fmt::format("{} is not in the year {}", to_string(*date), year));
        } else if (!seen.insert(date->days).second) {
            form.findings().add("listed-twice", entry->mark,
                                fmt::format("{} is listed twice", to_string(*date)), "delete one");
        } else {
            dates.push_back(*date);
        }
    }
    return dates;
}

/// Reports `workdays` that are already working days, and days that are listed as both.
void check_workdays(const Form& form, const YearNotice& notice) {
    const auto* node = form.find("workdays");
    if (!node || node->kind != YamlNode::Kind::sequence) return;
    for (const YamlNode& entry : node->items) {
        const auto date = parse_date(entry.text);
        if (!date) continue;
        if (std::find(notice.holidays.begin(), notice.holidays.end(), *date) !=
            notice.holidays.end()) {
            form.findings().add("idle-day", entry.mark,
                                fmt::format("{} is also listed as a holiday", to_string(*date)),
                                "delete one");
        } else if (!weekend(*date)) {
            form.findings().add(
                "idle-day", entry.mark,
                fmt::format("{} is not a weekend day, so it is already a working day",
                            to_string(*date)),
                "delete it or fix the date");
        }
    }
}

bool listed(const std::vector<Date>& dates, Date day) {
    return std::find(dates.begin(), dates.end(), day) != dates.end();
}

/// Reports half-days that are not working days.
void check_half_days(const Form& form, const YearNotice& notice) {
    const auto* node = form.find("half_days");
    if (!node || node->kind != YamlNode::Kind::sequence) return;
    for (const YamlNode& entry : node->items) {
        const auto date = parse_date(entry.text);
        if (!date || listed(notice.workdays, *date)) continue;
        if (listed(notice.holidays, *date) || weekend(*date))
            form.findings().add("idle-day", entry.mark,
                                fmt::format("{} is not a working day, so it cannot be a half day",
                                            to_string(*date)),
                                "delete it or fix the date");
    }
}

int working_days(const YearNotice& notice) {
    const auto first = date_of(notice.year, 1, 1), last = date_of(notice.year, 12, 31);
    int count = 0;
    if (!first || !last) return count;
    std::unordered_set<std::int32_t> off, on;
    for (const Date day : notice.holidays) off.insert(day.days);
    for (const Date day : notice.workdays) on.insert(day.days);
    for (Date day = *first; day <= *last; ++day.days) {
        if (on.contains(day.days) || (!weekend(day) && !off.contains(day.days))) ++count;
    }
    return count;
}

}  // namespace

std::optional<Calendar> read_calendar(const YamlNode& tree, DiagnosticSink& findings) {
    const std::size_t errors = findings.errors();
    const Form form(tree, "calendar", findings);
    Calendar calendar;
    calendar.mark = tree.mark;
    if (const auto* id = form.require("calendar")) {
        calendar.id = CalendarId(read_id(*id, "the name of a calendar", findings).value_or(""));
        calendar.mark = id->mark;
    }
    if (const auto* year = form.require("year")) {
        calendar.notice.year =
            static_cast<int>(read_whole(*year, "`year`", 1949, 2200, findings).value_or(0));
    }
    if (const auto* title = form.find("title")) read_title(*title, findings);
    if (const auto* issued = form.find("issued"))
        calendar.issued = read_date(*issued, "`issued`", findings);
    if (const auto* revision = form.find("revision"))
        calendar.revision =
            static_cast<int>(read_whole(*revision, "`revision`", 1, 1'000, findings).value_or(1));
    for (const std::string_view key : {"document", "source"}) {
        if (const auto* text = form.find(key)) read_text(*text, fmt::format("`{}`", key), findings);
    }
    if (const auto* periods = form.find("periods")) read_list(*periods, "`periods`", findings);
    form.require("holidays");
    calendar.notice.holidays = read_dates(form, "holidays", calendar.notice.year);
    calendar.notice.workdays = read_dates(form, "workdays", calendar.notice.year);
    calendar.notice.half_days = read_dates(form, "half_days", calendar.notice.year);
    check_workdays(form, calendar.notice);
    check_half_days(form, calendar.notice);
    const auto* sum = form.find("working_days_in_year");
    const auto wanted =
        sum ? read_whole(*sum, "`working_days_in_year`", 1, 366, findings) : std::nullopt;
    if (wanted && findings.errors() == errors) {
        const int counted = working_days(calendar.notice);
        if (counted != *wanted) {
            findings.add("wrong-day-count", sum->mark,
                         fmt::format("{} has {} working days according to these lists, not {}",
                                     calendar.notice.year, counted, *wanted),
                         "check `holidays` and `workdays` for a missing or an extra day");
        }
    }
    if (findings.errors() != errors) return std::nullopt;
    return calendar;
}

std::vector<CalendarName> read_calendar_names(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<CalendarName> names;
    for (const YamlNode* entry : read_list(node, "`calendar`", findings, true)) {
        const auto name = read_id(*entry, "the name of a calendar", findings);
        if (!name) continue;
        const bool there = std::any_of(names.begin(), names.end(), [&](const CalendarName& one) {
            return one.id.text == *name;
        });
        if (there)
            findings.add("listed-twice", entry->mark, fmt::format("`{}` is listed twice", *name),
                         "delete one");
        else
            names.push_back({CalendarId(*name), entry->mark});
    }
    return names;
}

bool check_calendar_names(const std::vector<CalendarName>& names, const References& references,
                          DiagnosticSink& findings) {
    if (!references.calendars) return true;
    bool all = true;
    for (const auto& name : names) {
        const auto& known = *references.calendars;
        if (std::find(known.begin(), known.end(), name.id.text) != known.end()) continue;
        findings.add("unknown-calendar", name.mark,
                     fmt::format("no calendar is named `{}`", name.id.text),
                     suggestion(name.id.text, known, findings));
        all = false;
    }
    return all;
}

std::optional<CatalogFile> read_catalog(const YamlNode& tree, DiagnosticSink& findings) {
    const std::size_t errors = findings.errors();
    const Form form(tree, "catalog", findings);
    CatalogFile catalog;
    catalog.mark = tree.mark;
    if (const auto* id = form.require("catalog")) {
        catalog.id = read_id(*id, "the name of a catalog", findings).value_or("");
        catalog.mark = id->mark;
    }
    if (const auto* title = form.require("title"))
        catalog.title = read_title(*title, findings).value_or(Title{});
    if (const auto* calendars = form.find("calendar"))
        catalog.calendars = read_calendar_names(*calendars, findings);
    if (const auto* guarantees = form.find("guarantees"))
        catalog.guarantees = read_guarantees(*guarantees, findings);
    const auto desk = [&](std::string_view key) -> std::optional<CatalogFile::Desk> {
        const auto* node = form.find(key);
        if (!node) return {};
        const auto id = read_id(*node, "the name of an item", findings);
        if (!id) return {};
        return CatalogFile::Desk{ItemId(*id), node->mark};
    };
    catalog.demand_desk = desk("demand desk");
    catalog.rating_follow_up = desk("rating follow-up");
    if (const auto* late = form.find("late entry"))
        catalog.late_entry = read_limit(*late, findings);
    if (findings.errors() != errors) return std::nullopt;
    return catalog;
}

}  // namespace workflow::definition
