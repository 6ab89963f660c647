#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Reports a state of a case from which no end can be reached, with the shortest path to it.
/// Conditions are ignored: a choice may take any branch, and no officer leaves a task undone. An
/// outcome that has been taken `at most` times is disabled, unless that makes too many states. An
/// end that only a withdrawal by the applicant reaches does not count. Returns true if there is
/// nothing to report.
bool check_item(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
