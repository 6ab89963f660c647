#pragma once

/// The clocks of a case, day by day.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <workflow/event.hpp>

#include "../calendar/limit_days.hpp"
#include "../calendar/local_clock.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// One clock of a case: its statutory or promised limit, or the limit of an open task.
struct CaseClock : LimitDays {
    enum class Kind : std::uint8_t { statutory, promised, task };
    Kind kind = Kind::statutory;
    TaskNumber task{};  ///< for `task`, with its step
    StepId step;
    std::vector<std::string> grounds;  ///< of each pause
    std::optional<Date> recorded;      ///< the due day that the case goes by
    bool passed = false;
    std::optional<Limit> extension;  ///< what of the limit was added by approval
    bool deemed = false;             ///< it began without an answer of the hall
};

/// What a case's days are counted by.
struct CaseCalendars {
    const WorkingDays& common;  ///< what `all` have in common
    const std::vector<std::pair<CalendarId, const WorkingDays*>>& all;
    const LocalClock& clock;  ///< of the hall
};

/// The clocks of `c`, which `trail` has led to, asked on `today`; none before it is accepted but
/// those of its tasks.
std::vector<CaseClock> clocks_of(const Case& c, const process::Process& process,
                                 const Events& trail, const CaseCalendars& calendars, Date today);

}  // namespace workflow::engine
