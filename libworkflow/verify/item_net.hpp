#pragma once

#include "../models/net.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

using models::Net;

/// Returns the item without its data: places and transitions with their numbers in the process,
/// followed by additional places. The node of each transition is the step that it leaves. Leaves
/// out withdrawal by the applicant, which is the last transition. `counted`: an outcome is disabled
/// after it has been taken `at most` times. Otherwise it stays enabled, which allows more runs than
/// can happen and needs fewer markings. Arcs are joined.
Net net_of(const process::Process& process, bool counted = true);

}  // namespace workflow::verify
