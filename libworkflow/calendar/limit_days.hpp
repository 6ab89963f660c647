#pragma once

/// A running limit, day by day, where it may be counted by several calendars at once.

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <workflow/values.hpp>

#include "explanation.hpp"

namespace workflow::inline v0 {

struct LimitDays {
    Limit limit;
    Date start;
    std::vector<DaySpan> pauses;   ///< an open one ends on the day that is asked on
    bool paused = false;           ///< the last pause is open: the end is the earliest one
    std::vector<DayOfLimit> days;  ///< empty for a limit in minutes
    /// Where there are several calendars, for each day those that it is no working day of.
    std::vector<std::vector<CalendarId>> ruled_out;
    std::size_t calendars = 0;

    /// Fills `days`, and with several calendars `ruled_out`. `common`: what `all` have in common.
    /// Does nothing for a limit in minutes.
    void count(const WorkingDays& common,
               const std::vector<std::pair<CalendarId, const WorkingDays*>>& all);
    /// The first year that is counted through without its notice.
    [[nodiscard]] std::optional<int> assumed_year() const;
    /// The calendars that alone make `day`, one of `days`, no working day, where others do not.
    [[nodiscard]] std::vector<CalendarId> ruled_out_by_some(Date day) const;
};

/// The limit in days of `unit`, working days or calendar days, that ends on `due` when it began on
/// `start`.
Limit limit_between(const WorkingDays& calendar, LimitUnit unit, Date start, Date due);

}  // namespace workflow::inline v0
