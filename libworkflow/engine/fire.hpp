#pragma once

/// Runs the net from a choice to rest, with a bound.

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

/// Places from which a path removed a token.
using Places = SmallVector<process::PlaceIndex, 16>;

/// The maximum number of transitions between two rests.
inline constexpr std::size_t longest_path = 10'000;

bool enabled(const process::Process& process, TransitionIndex transition, const Marking& marking);
/// Fires one transition, which must be enabled. Adds the places that lost their tokens to `left`.
void move_tokens(const process::Process& process, TransitionIndex transition, Marking& marking,
                 Places& left);

/// Returns whether a case that reaches a `sample` place is selected for a re-check.
using Sampler = std::function<bool(process::PlaceIndex)>;

/// Fires `first` (none: the case is opened and a token is put on the start place), then automatic
/// transitions until none is enabled, and appends all of them to `path`. `marking` is then at rest.
/// Returns the refusal that stopped it, no_branch or too_many_steps; `marking` is then unusable.
std::optional<Refusal> run(const process::Process& process, TransitionIndex first, Marking& marking,
                           Places& left, Path& path, std::span<const Value> fields,
                           const feel::Moment& moment, const Sampler& sampled);

}  // namespace workflow::engine
