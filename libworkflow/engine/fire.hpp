#pragma once

/// Run the net from a choice to rest, bounded.

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../feel/expression.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Places of which a path took a token away.
using Places = SmallVector<process::PlaceIndex, 16>;

/// At most so many transitions fire between two rests.
inline constexpr std::size_t longest_path = 10'000;

bool enabled(const process::Process& process, TransitionIndex transition, const Marking& marking);
/// Moves the tokens of one transition, which must be enabled; adds the places that lost theirs to
/// `left`.
void move_tokens(const process::Process& process, TransitionIndex transition, Marking& marking,
                 Places& left);

/// Whether a case that comes to a `sample` place is one of those looked at again.
using Sampler = std::function<bool(process::PlaceIndex)>;

/// Fires `first` (none: the case is opened and a token is put on the start place), then automatic
/// transitions until none is enabled, and appends all of them to `path`. `marking` is then at rest.
/// Answers the rule that stopped it, no_branch or too_many_steps; `marking` is then of no use.
std::optional<Refusal> run(const process::Process& process, TransitionIndex first, Marking& marking,
                           Places& left, Path& path, std::span<const Value> fields,
                           const feel::Moment& moment, const Sampler& sampled);

}  // namespace workflow::engine
