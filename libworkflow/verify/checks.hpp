#pragma once

#include "../base/diagnostics.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Everything that is proved of an item before it is published. `organization`: nothing when none
/// is loaded; what depends on it is then left out.
void check(const process::Process& process, const definition::Organization* organization,
           Findings& findings);

}  // namespace workflow::verify
