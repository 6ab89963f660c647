#pragma once

/// The ways in which the engine chooses among the candidates for a task. All of them apply the same
/// exclusions (draw.hpp), and record in the event what the choice was based on.

#include <workflow/event.hpp>

#include "../draft.hpp"

namespace workflow::engine {

/// Chooses `drawn.officer` among `drawn.candidates` by `way`, and records the basis of the choice.
/// Chooses nobody when there is no candidate.
void allocate(Draft& draft, Allocation way, const StepId& step, TaskDrawn& drawn);

/// Returns the index of the candidate that the figures of `drawn` determine, or the number of
/// candidates where they determine none. Used to verify draws. `seed`: the source of the ranks.
/// Draws by one word need none.
std::size_t chosen_by(const TaskDrawn& drawn, const Digest& seed);

}  // namespace workflow::engine
