#pragma once

#include "../models/net.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

using models::Net;

/// The item without its data: places and transitions by their numbers in the process, more places
/// behind them; the step that is left is the node of each transition. Withdrawal by the applicant,
/// which is the last transition, is left out. `counted`: an outcome that has been taken `at most`
/// so often is gone; without, it is there for ever, which is more than can happen, and fewer
/// markings. Arcs are joined.
Net net_of(const process::Process& process, bool counted = true);

}  // namespace workflow::verify
