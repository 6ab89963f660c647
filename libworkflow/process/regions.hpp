#pragma once

#include <cstdint>
#include <vector>

#include "net.hpp"

namespace workflow::process {

/// By place: which branch of the parallel or stage `region` it belongs to, from 1; 0: none of them.
std::vector<std::uint16_t> branches_of(const Process& process, const StepInfo& region);

}  // namespace workflow::process
