#include "explanation.hpp"

#include <algorithm>
#include <stdexcept>

namespace workflow::inline v0 {

int weekday_of(Date day) {
    // 1970-01-01 was a Thursday.
    const auto shifted = (day.days + 3) % 7;
    return static_cast<int>(shifted < 0 ? shifted + 7 : shifted) + 1;
}

DayKind kind_of_day(const WorkingDays& calendar, Date day) {
    const bool weekend = weekday_of(day) > 5;
    if (calendar.is_workday(day)) return weekend ? DayKind::makeup_workday : DayKind::workday;
    return weekend && !calendar.is_holiday(day) ? DayKind::weekend : DayKind::holiday;
}

std::vector<DayOfLimit> explain(const WorkingDays& calendar, Date start, Limit limit,
                                const std::vector<DaySpan>& pauses) {
    if (!counts_days(limit.unit))
        throw std::invalid_argument("a limit in minutes does not count days");
    using Part = DayOfLimit::Part;
    std::vector<DayOfLimit> days;
    const auto add = [&](Date day, Part part, std::int64_t count) -> DayOfLimit& {
        return days.emplace_back(
            DayOfLimit{day, kind_of_day(calendar, day), part, !calendar.covers(day), count, 0});
    };
    add(start, Part::start, 0);
    auto day = start;
    for (std::int64_t count = 0; count < limit.amount;) {
        ++day.days;
        const auto pause = std::find_if(pauses.begin(), pauses.end(), [&](const DaySpan& span) {
            return span.from <= day && day <= span.to;
        });
        if (pause != pauses.end())
            add(day, Part::paused, count).pause = static_cast<std::size_t>(pause - pauses.begin());
        else if (limit.unit == LimitUnit::workdays && !calendar.is_workday(day))
            add(day, Part::no_workday, count);
        else
            add(day, Part::counted, ++count);
    }
    while (!calendar.is_workday(day)) {
        ++day.days;
        add(day, Part::moved, limit.amount);
    }
    return days;
}

std::string_view article_of(const DayOfLimit& day, LimitUnit unit) {
    switch (day.part) {
        case DayOfLimit::Part::start:
            return "民法典第二百零一条";
        case DayOfLimit::Part::counted:
        case DayOfLimit::Part::no_workday:
            return unit == LimitUnit::workdays ? "行政许可法第八十二条" : "";
        case DayOfLimit::Part::moved:
            return "民法典第二百零三条";
        case DayOfLimit::Part::paused:
            break;
    }
    return {};
}

}  // namespace workflow::inline v0
