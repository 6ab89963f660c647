#pragma once

/// A limit that runs, pauses on a ground and resumes (R10-R14).

#include <optional>
#include <vector>

#include <workflow/values.hpp>

#include "working_days.hpp"

namespace workflow::inline v0 {

/// Returns the end of a limit that began on `start`. The days of `excluded` (both ends included,
/// overlaps counted once, R14) do not count. A limit in calendar days ends on a working day (R3).
/// The limit must not be in minutes, which are not days.
Due due_day(const WorkingDays& calendar, Date start, Limit limit,
            const std::vector<DaySpan>& excluded = {});

/// A running limit of a case, as a value. `limit` and `start` never change once it runs.
struct LegalClock {
    Limit limit;
    Date start;
    std::vector<DaySpan> excluded;     ///< completed pauses
    std::optional<Date> paused_since;  ///< an open pause: there is no due day until it ends

    void pause(Date from);
    void resume(Date last_excluded);
    /// Returns no value while paused.
    [[nodiscard]] std::optional<Due> due(const WorkingDays& calendar) const;
    friend bool operator==(const LegalClock&, const LegalClock&) = default;
};

}  // namespace workflow::inline v0
