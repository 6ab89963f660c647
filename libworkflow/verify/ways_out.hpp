#pragma once

#include "../base/diagnostics.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Reports each drawn step for which nobody could choose how the case continues when all officers
/// who could be drawn are gone. The choice is made by the holders of the post that the organization
/// names for this purpose, or else by its supervisors.
void check_ways_out(const process::Process& process, const definition::Organization& organization,
                    DiagnosticSink& findings);

}  // namespace workflow::verify
