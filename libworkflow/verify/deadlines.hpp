#pragma once

#include "../base/diagnostics.hpp"
#include "../calendar/working_days.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Tells limits that a case can pass although every step keeps its own, with nothing repeated.
void check_deadlines(const process::Process& process, const WorkingDays& calendar,
                     DiagnosticSink& findings);

}  // namespace workflow::verify
