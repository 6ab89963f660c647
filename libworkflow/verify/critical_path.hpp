#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "../calendar/working_days.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// How long an item may take from its acceptance when every step takes all of its own limit.
struct Longest {
    std::int32_t days = 0;        ///< in the unit of the limit that was asked about
    std::int32_t allowed = 0;     ///< the limit, in the same unit
    std::optional<Date> started;  ///< the acceptance that makes it worst; nothing: any
    struct Part {
        process::StepIndex step = process::none;
        std::int32_t days = 0;
    };
    std::vector<Part> way;  ///< the critical path, steps that take time
    bool decided = true;    ///< false: there are too many ways round in circles
};

/// The longest way over every day of acceptance in the years that the calendar knows. No step is
/// gone through twice, and no outcome taken that has an `at most`: such a one is a repetition. Time
/// for which the clock stands is not counted. A task without a limit takes no time, branches side
/// by side take as long as those that are waited for, and a parallel step or stage no longer than
/// its own limit. (Worst case over a workflow graph: Botezatu, Völzer, Thiele, 2016; every step is
/// a monotone function of the day it begins on.) `silence`: also from a deemed acceptance, which
/// dates from the day of receipt. Outcomes that extend the limit are not taken.
Longest critical_path(const process::Process& process, const WorkingDays& calendar, Limit limit,
                      bool silence);

/// The same of the branches of a parallel step, or of a stage, whatever limit it has itself.
/// Nothing: not decided.
std::optional<std::int32_t> longest_inside(const process::Process& process,
                                           const WorkingDays& calendar, process::StepIndex region,
                                           Limit limit);

}  // namespace workflow::verify
