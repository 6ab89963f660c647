#pragma once

/// Events outside the cases, as commands print them.

#include <cstdint>

#include <workflow/engine.hpp>

#include "../command.hpp"

namespace workflow::tools {

/// Prints events of the journal, of which the first is its `first`th.
void print_journal(const Events& events, std::uint32_t first, const Arguments& arguments,
                   Streams& streams, const Engine& engine);

}  // namespace workflow::tools
