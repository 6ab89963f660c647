#pragma once

/// The clocks of a case, day by day: what `show --clock` prints.

#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "calendar/explanation.hpp"
#include "command.hpp"
#include "presentation/json/json.hpp"

namespace workflow::tools {

/// One clock of a case: its statutory or promised limit, or the limit of an open task.
struct CaseClock {
    enum class Kind : std::uint8_t { statutory, promised, task };
    Kind kind = Kind::statutory;
    TaskNumber task{};  ///< for `task`, with its step
    StepId step;
    Limit limit;
    Date start;
    std::vector<DaySpan> pauses;       ///< an open one ends on the day that is asked on
    std::vector<std::string> grounds;  ///< of each pause
    bool paused = false;               ///< the last pause is open: the end is the earliest one
    std::optional<Date> recorded;      ///< the due day that the case goes by
    bool passed = false;
    std::optional<Limit> extension;  ///< what of the limit was added by approval
    bool deemed = false;             ///< it began without an answer of the hall
    std::vector<DayOfLimit> days;    ///< empty for a limit in minutes
    /// Where the item has several calendars, for each day those that it is no working day of.
    std::vector<std::vector<CalendarId>> ruled_out;
    std::size_t calendars = 0;  ///< of the item
};

/// The clocks of a case that its engine replays, asked on `today`; none before it is accepted but
/// those of its tasks. Throws StoreError.
std::vector<CaseClock> clocks_of(Engine& engine, const CaseNumber& number, Date today);

presentation::Json json_of(const CaseClock& clock);
/// `all`: each day has a line of its own, else days alike that follow each other share one.
void print_clock(const CaseClock& clock, const std::string& step, bool all,
                 const Arguments& arguments, Streams& streams);

}  // namespace workflow::tools
