#pragma once

/// Run the net from a choice to rest, bounded.

#include <span>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../feel/expression.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

using Marking = std::vector<Token>;

/// Moves the tokens of one transition. The transition must be enabled.
void move_tokens(const process::Process& process, TransitionIndex transition, Marking& marking);
bool enabled(const process::Process& process, TransitionIndex transition, const Marking& marking);

/// Fires `first` (none: the case is opened and a token lies on the start place), then automatic
/// transitions until none is enabled. Answers the path; `marking` is then at rest. Refuses
/// no_branch, too_many_steps.
Expected<Path> run(const process::Process& process, TransitionIndex first, Marking& marking,
                   std::span<const Value> fields, const feel::Moment& moment);

}  // namespace workflow::engine
