#include "limit_days.hpp"

namespace workflow::inline v0 {

void LimitDays::count(const WorkingDays& common,
                      const std::vector<std::pair<CalendarId, const WorkingDays*>>& all) {
    if (!counts_days(limit.unit)) return;
    days = explain(common, start, limit, pauses);
    calendars = all.size();
    if (all.size() < 2) return;
    for (const auto& day : days) {
        auto& names = ruled_out.emplace_back();
        for (const auto& [name, one] : all)
            if (!one->is_workday(day.day)) names.push_back(name);
    }
}

std::optional<int> LimitDays::assumed_year() const {
    for (const auto& day : days)
        if (day.assumed) return civil(day.day).year;
    return {};
}

std::vector<CalendarId> LimitDays::ruled_out_by_some(Date day) const {
    if (ruled_out.empty()) return {};
    const auto& names = ruled_out.at(static_cast<std::size_t>(day.days - start.days));
    if (names.size() == calendars) return {};
    return names;
}

Limit limit_between(const WorkingDays& calendar, LimitUnit unit, Date start, Date due) {
    const auto days =
        unit == LimitUnit::workdays ? calendar.count({start.days + 1}, due) : due.days - start.days;
    return {static_cast<std::int32_t>(days), unit};
}

}  // namespace workflow::inline v0
