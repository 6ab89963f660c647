#pragma once

/// Colours and words that all formats share.

#include <optional>
#include <string>

#include "chart.hpp"

namespace workflow::presentation {

/// Of the three duties that every hall keeps apart, and of others by their name.
std::string colour_of_duty(const std::string& duty);
/// What the field calls the common duties; nothing for others.
std::optional<Title> duty_title(const std::string& duty);
const char* colour_of_end(EndKind end);
std::string colour_of_arrow(const ChartArrow& arrow);
std::string colour_of_label(const ChartArrow& arrow);

}  // namespace workflow::presentation
