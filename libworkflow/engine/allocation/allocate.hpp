#pragma once

/// The ways in which the engine chooses among those who may have a task. All of them answer to the
/// same exclusions (draw.hpp), and say in the event what they went by.

#include <workflow/event.hpp>

#include "../draft.hpp"

namespace workflow::engine {

/// Chooses `drawn.officer` among `drawn.candidates` by `way`, and writes down why. Nobody when
/// there is no candidate.
void allocate(Draft& draft, Allocation way, const StepId& step, TaskDrawn& drawn);

/// Which of the candidates the figures of `drawn` choose, for whoever does it over again: the
/// index, or the number of candidates where no way leads to one. `seed`: what ranks follow from;
/// draws by one word need none.
std::size_t chosen_by(const TaskDrawn& drawn, const Digest& seed);

}  // namespace workflow::engine
