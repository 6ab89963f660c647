#pragma once

/// Why a limit ends on the day it ends: each day from its start to its end, and whether it counts.

#include <cstdint>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "working_days.hpp"

namespace workflow {

/// What the calendar says of a day. A year whose notice is not loaded has no holidays and no
/// make-up days (调休).
enum class DayKind : std::uint8_t { workday, makeup_workday, weekend, holiday };
/// A weekend day that a notice lists is a holiday.
DayKind kind_of_day(const WorkingDays& calendar, Date day);

/// Monday 1 .. Sunday 7.
int weekday_of(Date day);

/// A day of a running limit.
struct DayOfLimit {
    enum class Part : std::uint8_t {
        start,       ///< the day of the act itself: never counted (R2)
        counted,     ///< one of the limit's days
        no_workday,  ///< passed over, since the limit counts working days (R1)
        paused,      ///< in a pause: passed over whatever day it is (R14)
        moved  ///< after the last day of a limit in calendar days, on the way to a working day (R3)
    };
    Date day;
    DayKind kind = DayKind::workday;
    Part part = Part::counted;
    bool assumed = false;    ///< its year's notice is not loaded: Monday to Friday is assumed
    std::int64_t count = 0;  ///< days counted up to this one, itself included
    std::size_t pause = 0;   ///< for `paused`: the first of the given pauses that holds the day
    friend bool operator==(const DayOfLimit&, const DayOfLimit&) = default;
};

/// Every day from `start` to the day on which the limit ends, which is what `due_day` of the same
/// arguments gives. `limit` is at least one day. Throws std::invalid_argument for a limit in
/// minutes. Takes time and memory by the number of days.
std::vector<DayOfLimit> explain(const WorkingDays& calendar, Date start, Limit limit,
                                const std::vector<DaySpan>& pauses = {});

/// The article that makes the day what it is for a limit, as the rules cite it; empty where the law
/// leaves it to the calendar or to the item: `民法典第二百零一条`. Pauses have their own ground.
std::string_view article_of(const DayOfLimit& day, LimitUnit unit);

}  // namespace workflow
