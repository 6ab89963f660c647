#pragma once

/// Whether a command's text is coloured, by its arguments and surroundings.

#include "command.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

/// Colours by --color; without it where `terminal` is one that shows them and nobody asks for none
/// (NO_COLOR).
presentation::Paint paint_of(const Arguments& arguments, const Streams& streams, bool terminal);

}  // namespace workflow::tools
