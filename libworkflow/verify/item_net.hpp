#pragma once

#include "../process/net.hpp"
#include "net.hpp"

namespace workflow::verify {

/// The item without its data: places by PlaceIndex of the process (and more behind them), the step
/// that is left as the node of each transition. Withdrawal by the applicant is left out.
Net net_of(const process::Process& process);

}  // namespace workflow::verify
