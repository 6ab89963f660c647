#pragma once

/// Prints the clocks of a case, day by day, as JSON and as tables.

#include <iosfwd>
#include <string>

#include "../engine/case_clocks.hpp"
#include "json/json.hpp"
#include "text/text.hpp"

namespace workflow::presentation {

Json json_of(const engine::CaseClock& clock);
/// `all`: prints each day on a line of its own; otherwise consecutive days that are alike share
/// one. `step`: the name of a task's step.
void print_clock(const engine::CaseClock& clock, const std::string& step, bool all,
                 const Paint& paint, std::ostream& out);

}  // namespace workflow::presentation
