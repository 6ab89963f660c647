#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "../calendar/working_days.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// The longest time that an item may take from its acceptance if every step uses all of its own
/// limit.
struct Longest {
    std::int32_t days = 0;     ///< in the unit of the given limit
    std::int32_t allowed = 0;  ///< the limit, in the same unit
    /// the day of acceptance with the longest time; no value: any day
    std::optional<Date> started;
    struct Part {
        process::StepIndex step = process::none;
        std::int32_t days = 0;
    };
    std::vector<Part> way;  ///< the critical path: the steps that take time
    bool decided = true;    ///< false if there are too many loops
};

/// Computes the critical path over every day of acceptance in the years of the calendar. No step is
/// passed twice, and no outcome with an `at most` is taken, because it is a repetition. Time during
/// which the clock is paused does not count. A task without a limit takes no time. Parallel
/// branches take as long as the branches that the join waits for, and a parallel step or stage
/// takes at most its own limit. (Worst case over a workflow graph: Botezatu, Völzer, Thiele, 2016;
/// every step is a monotone function of the day on which it begins.) `silence`: includes paths from
/// a deemed acceptance, which has effect from the day of receipt. Outcomes that extend the limit
/// are not taken.
Longest critical_path(const process::Process& process, const WorkingDays& calendar, Limit limit,
                      bool silence);

/// Computes the same for the branches of a parallel step, or for a stage, without regard to its own
/// limit. No value: not decided.
std::optional<std::int32_t> longest_inside(const process::Process& process,
                                           const WorkingDays& calendar, process::StepIndex region,
                                           Limit limit);

}  // namespace workflow::verify
