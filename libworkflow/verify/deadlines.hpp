#pragma once

#include "../base/diagnostics.hpp"
#include "../calendar/working_days.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Reports limits that a case can exceed although every step keeps its own limit and nothing is
/// repeated.
void check_deadlines(const process::Process& process, const WorkingDays& calendar,
                     DiagnosticSink& findings);

}  // namespace workflow::verify
