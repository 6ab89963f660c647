#pragma once

#include <vector>

#include <workflow/engine.hpp>

#include "../engine/case_clocks.hpp"

namespace workflow::shell {

/// Returns the clocks of a case that its engine replays, on the day `today`; none if there is no
/// such case. Throws StoreError.
std::vector<engine::CaseClock> clocks_of(Engine& engine, const CaseNumber& number, Date today);

}  // namespace workflow::shell
