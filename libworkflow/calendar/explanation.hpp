#pragma once

/// Explains the day on which a limit ends: each day from its start to its end, and whether it
/// counts.

#include <cstdint>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "working_days.hpp"

namespace workflow::inline v0 {

/// The kind of a day according to the calendar. A year whose notice is not loaded has no holidays
/// and no make-up days (调休).
enum class DayKind : std::uint8_t { workday, makeup_workday, weekend, holiday };
/// Returns the kind of a day. A weekend day that a notice lists is a holiday.
DayKind kind_of_day(const WorkingDays& calendar, Date day);

/// Returns the weekday, Monday 1 to Sunday 7.
int weekday_of(Date day);

/// A day of a running limit.
struct DayOfLimit {
    enum class Part : std::uint8_t {
        start,       ///< the day of the action itself: never counted (R2)
        counted,     ///< one of the limit's days
        no_workday,  ///< not counted, because the limit counts working days (R1)
        paused,      ///< in a pause: not counted, whatever the kind of day (R14)
        /// after the last day of a limit in calendar days, moved to the next working day (R3)
        moved
    };
    Date day;
    DayKind kind = DayKind::workday;
    Part part = Part::counted;
    bool assumed = false;    ///< the notice of its year is not loaded: Monday to Friday is assumed
    std::int64_t count = 0;  ///< the number of days counted up to and including this one
    std::size_t pause = 0;   ///< for `paused`: the first of the given pauses that contains the day
    friend bool operator==(const DayOfLimit&, const DayOfLimit&) = default;
};

/// Returns every day from `start` to the day on which the limit ends, which is the result of
/// `due_day` with the same arguments. `limit` must be at least one day. Throws
/// std::invalid_argument for a limit in minutes. Time and memory are proportional to the number of
/// days.
std::vector<DayOfLimit> explain(const WorkingDays& calendar, Date start, Limit limit,
                                const std::vector<DaySpan>& pauses = {});

/// Returns the article that determines how the day counts for a limit, as the rules cite it:
/// `民法典第二百零一条`. Empty if the law leaves it to the calendar or to the item. Pauses have
/// their own ground.
std::string_view article_of(const DayOfLimit& day, LimitUnit unit);

}  // namespace workflow::inline v0
