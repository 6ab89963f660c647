#pragma once

/// A limit that runs, pauses on a ground and runs on (R10-R14).

#include <optional>
#include <vector>

#include <workflow/values.hpp>

#include "working_days.hpp"

namespace workflow {

/// When a limit that began on `start` ends. Days of `excluded` (both ends included, overlaps
/// counted once, R14) do not count. Limits in calendar days end on a working day (R3); minutes are
/// not days and may not be given.
Due due_day(const WorkingDays& calendar, Date start, Limit limit,
            const std::vector<DaySpan>& excluded = {});

/// A limit of a case as it runs. A value; `limit` and `start` never change once it runs.
struct LegalClock {
    Limit limit;
    Date start;
    std::vector<DaySpan> excluded;     ///< closed pauses
    std::optional<Date> paused_since;  ///< an open pause: there is no due day until it ends

    void pause(Date from);
    void resume(Date last_excluded);
    /// Nothing while paused.
    [[nodiscard]] std::optional<Due> due(const WorkingDays& calendar) const;
    friend bool operator==(const LegalClock&, const LegalClock&) = default;
};

}  // namespace workflow
