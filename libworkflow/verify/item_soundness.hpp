#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Tells where a case can come to from which no end can be reached, with the shortest way there.
/// Conditions are not looked at: a choice may go any way, and no officer leaves a task undone. An
/// outcome that `at most` has used up is gone, where that does not make too many states. An
/// end that only the applicant's withdrawal brings about does not count. True where there is
/// nothing to tell.
bool check_item(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
