// `calendar:` files, one a year, and the `catalog:` file.

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
                                fmt::format("{} is not in {}", to_string(*date), year));
        } else if (!seen.insert(date->days).second) {
            form.findings().add("listed-twice", entry->mark,
                                fmt::format("{} is listed twice", to_string(*date)), "delete one");
        } else {
            dates.push_back(*date);
        }
    }
    return dates;
}

/// Working days that are working days anyway, and days that are listed as both.
void check_workdays(const Form& form, const YearNotice& notice) {
    const auto* node = form.find("workdays");
    if (!node || node->kind != YamlNode::Kind::sequence) return;
    for (const YamlNode& entry : node->items) {
        const auto date = parse_date(entry.text);
        if (!date) continue;
        if (std::find(notice.holidays.begin(), notice.holidays.end(), *date) !=
            notice.holidays.end()) {
            form.findings().add("idle-day", entry.mark,
                                fmt::format("{} is listed as a holiday, too", to_string(*date)),
                                "delete one");
        } else if (!weekend(*date)) {
            form.findings().add(
                "idle-day", entry.mark,
                fmt::format("{} is no Saturday or Sunday: it is a working day anyway",
                            to_string(*date)),
                "delete it, or mend the date");
        }
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

std::optional<Calendar> read_calendar(const YamlNode& tree, Findings& findings) {
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
    if (const auto* issued = form.find("issued")) read_date(*issued, "`issued`", findings);
    for (const std::string_view key : {"document", "source"}) {
        if (const auto* text = form.find(key)) read_text(*text, fmt::format("`{}`", key), findings);
    }
    if (const auto* periods = form.find("periods")) read_list(*periods, "`periods`", findings);
    form.require("holidays");
    calendar.notice.holidays = read_dates(form, "holidays", calendar.notice.year);
    calendar.notice.workdays = read_dates(form, "workdays", calendar.notice.year);
    check_workdays(form, calendar.notice);
    const auto* sum = form.find("working_days_in_year");
    const auto wanted =
        sum ? read_whole(*sum, "`working_days_in_year`", 1, 366, findings) : std::nullopt;
    if (wanted && findings.errors() == errors) {
        const int counted = working_days(calendar.notice);
        if (counted != *wanted) {
            findings.add(
                "wrong-day-count", sum->mark,
                fmt::format("{} has {} working days by these lists, not {}", calendar.notice.year,
                            counted, *wanted),
                "a day is missing from `holidays` or `workdays`, or one too many is there");
        }
    }
    if (findings.errors() != errors) return std::nullopt;
    return calendar;
}

std::optional<CatalogFile> read_catalog(const YamlNode& tree, Findings& findings) {
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
    if (const auto* calendar = form.find("calendar")) {
        catalog.calendar =
            CalendarId(read_id(*calendar, "the name of a calendar", findings).value_or(""));
        catalog.mark = calendar->mark;
    }
    if (const auto* guarantees = form.find("guarantees"))
        catalog.guarantees = read_guarantees(*guarantees, findings);
    if (findings.errors() != errors) return std::nullopt;
    return catalog;
}

}  // namespace workflow::definition
