#pragma once

/// The clocks of a case, day by day, as JSON and as tables.

#include <iosfwd>
#include <string>

#include "../engine/case_clocks.hpp"
#include "json/json.hpp"
#include "text/text.hpp"

namespace workflow::presentation {

Json json_of(const engine::CaseClock& clock);
/// `all`: each day has a line of its own, else days alike that follow each other share one.
/// `step`: what a task's step is called.
void print_clock(const engine::CaseClock& clock, const std::string& step, bool all,
                 const Paint& paint, std::ostream& out);

}  // namespace workflow::presentation
