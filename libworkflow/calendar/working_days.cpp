#include "working_days.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace workflow::inline v0 {
namespace {

/// Monday 0 .. Sunday 6; 1970-01-01 was a Thursday.
int weekday(std::int64_t days) {
    const auto shifted = (days + 3) % 7;
    return static_cast<int>(shifted < 0 ? shifted + 7 : shifted);
}

bool is_weekday(std::int64_t days) {
    return weekday(days) < 5;
}

/// Returns the number of Monday-to-Friday days in [0, days) for days >= 0, and the negative of the
/// number in [days, 0) for days < 0.
std::int64_t weekdays_before(std::int64_t days) {
    // Counted from Monday 1969-12-29: the three days before the epoch are weekdays.
    const auto shifted = days + 3;
    auto weeks = shifted / 7;
    auto rest = shifted % 7;
    if (rest < 0) {
        rest += 7;
        --weeks;
    }
    return weeks * 5 + std::min<std::int64_t>(rest, 5) - 3;
}

/// Returns the weekday that has exactly `n` weekdays before it (as counted above).
std::int64_t weekday_number(std::int64_t n) {
    const auto shifted = n + 3;
    auto weeks = shifted / 5;
    auto rest = shifted % 5;
    if (rest < 0) {
        rest += 5;
        --weeks;
    }
    return weeks * 7 + rest - 3;
}

Date january_first(int year) {
    return *date_of(year, 1, 1);
}

}  // namespace

// The table covers the days from the first loaded year to the last. Before and after it, and in
// years between that are not loaded, Monday to Friday are working days. `before_` has one entry
// more than there are days, so that before_[i] is the number of working days among the first i.

WorkingDays::WorkingDays(std::vector<YearNotice> notices) {
    if (notices.empty()) return;
    std::map<int, const YearNotice*> years;
    for (const auto& notice : notices)
        if (!years.emplace(notice.year, &notice).second)
            throw std::invalid_argument("the calendar has the year " + std::to_string(notice.year) +
                                        " twice");
    const auto first = january_first(years.begin()->first);
    const auto end = january_first(years.rbegin()->first + 1);
    std::vector<std::uint8_t> said(static_cast<std::size_t>(end.days - first.days));
    for (std::size_t i = 0; i < said.size(); ++i)
        said[i] = is_weekday(first.days + static_cast<std::int64_t>(i)) ? works : 0;
    for (const auto& [year, notice] : years) {
        const auto from = january_first(year), to = january_first(year + 1);
        for (auto day = from; day < to; ++day.days)
            said[static_cast<std::size_t>(day.days - first.days)] |= known;
        const auto say = [&](Date day, std::uint8_t add, std::uint8_t drop) {
            if (day < from || day >= to) return;
            auto& mark = said[static_cast<std::size_t>(day.days - first.days)];
            mark = static_cast<std::uint8_t>((mark & ~drop) | add);
        };
        for (const auto day : notice->holidays) say(day, holiday, works);
        for (const auto day : notice->workdays) say(day, works, holiday);
        for (const auto day : notice->half_days)
            if (day >= from && day < to &&
                (said[static_cast<std::size_t>(day.days - first.days)] & works) != 0)
                say(day, half_day, 0);
    }
    *this = WorkingDays(first, std::move(said));
}

WorkingDays::WorkingDays(Date first, std::vector<std::uint8_t> said)
    : first_(first), said_(std::move(said)) {
    before_.reserve(said_.size() + 1);
    before_.push_back(0);
    gapless_ = true;
    for (std::size_t i = 0; i < said_.size(); ++i) {
        if ((said_[i] & works) != 0) workdays_.push_back(static_cast<std::int32_t>(i));
        before_.push_back(static_cast<std::int32_t>(workdays_.size()));
        gapless_ = gapless_ && (said_[i] & known) != 0;
    }
}

WorkingDays WorkingDays::joined(const std::vector<const WorkingDays*>& calendars) {
    std::optional<Date> first, end;
    for (const auto* calendar : calendars) {
        if (calendar->said_.empty()) continue;
        first = std::min(first.value_or(calendar->first_), calendar->first_);
        end = std::max(end.value_or(calendar->end()), calendar->end());
    }
    // Without any notice every day is assumed, also for joined calendars.
    if (!first) return {};
    constexpr std::uint8_t by_all = known | works;
    std::vector<std::uint8_t> said;
    for (auto day = *first; day < *end; ++day.days) {
        std::uint8_t all = by_all, any = 0;
        for (const auto* calendar : calendars) {
            const auto one = calendar->said_of(day);
            all &= one;
            any |= one;
        }
        if ((all & works) == 0) any &= static_cast<std::uint8_t>(~half_day);
        said.push_back(static_cast<std::uint8_t>(all | (any & ~by_all)));
    }
    return {*first, std::move(said)};
}

std::uint8_t WorkingDays::said_of(Date day) const {
    const auto index = day.days - first_.days;
    if (index < 0 || index >= static_cast<std::int64_t>(said_.size()))
        return is_weekday(day.days) ? works : 0;
    return said_[static_cast<std::size_t>(index)];
}

bool WorkingDays::covers(Date day) const {
    return marked(day, known);
}

bool WorkingDays::is_workday(Date day) const {
    return marked(day, works);
}

/// Returns the number of working days before `days`, counted from the first day of the table
/// (negative before it).
std::int64_t WorkingDays::before(std::int64_t days) const {
    const auto index = days - first_.days;
    const auto size = static_cast<std::int64_t>(said_.size());
    if (index < 0 || size == 0) return weekdays_before(days) - weekdays_before(first_.days);
    if (index <= size) return before_[static_cast<std::size_t>(index)];
    return before_.back() + weekdays_before(days) - weekdays_before(first_.days + size);
}

/// Returns the working day that has `n` working days before it.
std::int64_t WorkingDays::numbered(std::int64_t n) const {
    const auto own = static_cast<std::int64_t>(workdays_.size());
    if (n < 0) return weekday_number(weekdays_before(first_.days) + n);
    if (n < own) return first_.days + workdays_[static_cast<std::size_t>(n)];
    const auto end = first_.days + static_cast<std::int64_t>(said_.size());
    return weekday_number(weekdays_before(end) + n - own);
}

std::int64_t WorkingDays::count(Date from, Date to) const {
    if (to < from) return 0;
    return before(std::int64_t{to.days} + 1) - before(from.days);
}

bool WorkingDays::all_known(std::int64_t from, std::int64_t to) const {
    // Within a range of years that are all loaded no year needs to be looked up.
    if (gapless_ && from >= first_.days &&
        to < first_.days + static_cast<std::int64_t>(said_.size()))
        return true;
    const auto first_year = civil(Date{static_cast<std::int32_t>(from)}).year;
    const auto last_year = civil(Date{static_cast<std::int32_t>(to)}).year;
    for (auto year = first_year; year <= last_year; ++year)
        if (!covers(january_first(year))) return false;
    return true;
}

Due WorkingDays::between(Date start, std::int64_t end) const {
    const auto from = std::min<std::int64_t>(start.days, end);
    const auto to = std::max<std::int64_t>(start.days, end);
    return {Date{static_cast<std::int32_t>(end)}, !all_known(from, to)};
}

Due WorkingDays::add(Date start, std::int64_t n) const {
    if (n == 0) return roll(start);
    return between(start, numbered(before(std::int64_t{start.days} + 1) + n - 1));
}

Due WorkingDays::subtract(Date day, std::int64_t n) const {
    if (n == 0) return between(day, numbered(before(std::int64_t{day.days} + 1) - 1));
    return between(day, numbered(before(day.days) - n));
}

Due WorkingDays::roll(Date day) const {
    return between(day, numbered(before(day.days)));
}

int WorkingDays::working_days_in(int year) const {
    return static_cast<int>(before(january_first(year + 1).days) -
                            before(january_first(year).days));
}

}  // namespace workflow::inline v0
