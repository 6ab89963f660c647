#pragma once

#include <cstdint>
#include <vector>

#include "net.hpp"

namespace workflow::process {

/// Returns, by place, its branch of the parallel or stage `region`, from 1; 0: none.
std::vector<std::uint16_t> branches_of(const Process& process, const StepInfo& region);

}  // namespace workflow::process
