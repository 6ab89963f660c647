#pragma once

/// Prints the result of a change of the staff that was made, proposed or confirmed.

#include <workflow/engine.hpp>

#include "../command.hpp"

namespace workflow::tools {

/// Prints the event of the answer, or the refusal, and on standard error what to look at: steps
/// that nobody can do any more, other officers of that name. `before`: the catalog before it was
/// asked for. Gives the exit code.
int tell_change(const Expected<Answer>& answer, const Catalog& before, const Arguments& arguments,
                Streams& streams, const Engine& engine);

}  // namespace workflow::tools
