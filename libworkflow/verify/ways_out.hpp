#pragma once

#include "../base/diagnostics.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Tells each drawn step whose way out nobody could choose, when all who could be drawn for it are
/// gone: the holders of the organization's post for that, or its supervisors.
void check_ways_out(const process::Process& process, const definition::Organization& organization,
                    DiagnosticSink& findings);

}  // namespace workflow::verify
