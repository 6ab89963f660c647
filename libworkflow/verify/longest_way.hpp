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
    std::optional<Date> started;  ///< the acceptance that makes it worst; nothing: any
    struct Part {
        process::StepIndex step = process::none;
        std::int32_t days = 0;
    };
    std::vector<Part> way;                          ///< the critical path, steps that take time
    std::vector<process::StepIndex> endless_waits;  ///< nothing ends them, and the clock runs
};

/// The longest way over every day of acceptance in the years that the calendar knows. `repeats`:
/// with every outcome that has an `at most` taken so often; without: none of them taken at all.
/// Time for which the clock stands is not counted. A task without a limit takes no time, branches
/// side by side take as long as those that are waited for, and a parallel step or stage no longer
/// than its own limit. (Worst case over a workflow graph: Botezatu, Völzer, Thiele, 2016; every
/// step is a monotone function of the day it begins on.)
Longest longest_way(const process::Process& process, const WorkingDays& calendar, Limit limit,
                    bool repeats);

/// The same of the branches of a parallel step, or of a stage, whatever limit it has itself.
std::int32_t longest_inside(const process::Process& process, const WorkingDays& calendar,
                            process::StepIndex region, Limit limit);

}  // namespace workflow::verify
