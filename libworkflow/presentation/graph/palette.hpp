#pragma once

/// Colours and words that all formats use.

#include <optional>
#include <string>

#include "chart.hpp"

namespace workflow::presentation {

/// Returns the colour of one of the three duties that every hall separates, or one by the name of
/// another duty.
std::string colour_of_duty(const std::string& duty);
/// Returns the usual title of a common duty; nothing for others.
std::optional<Title> duty_title(const std::string& duty);
const char* colour_of_end(EndKind end);
std::string colour_of_arrow(const ChartArrow& arrow);
std::string colour_of_label(const ChartArrow& arrow);

}  // namespace workflow::presentation
