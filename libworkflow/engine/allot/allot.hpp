#pragma once

/// The ways in which the engine chooses among those who may have a task, one file each. All of them
/// answer to the same exclusions (draw.hpp), and say in the event what they went by.

#include <workflow/event.hpp>

#include "../draft.hpp"

namespace workflow::engine {

/// Chooses `drawn.officer` among `drawn.candidates` by `way`, and writes down why. Nobody when
/// there is no candidate.
void allot(Draft& draft, Allotment way, const StepId& step, TaskDrawn& drawn);

// One file each. There is at least one candidate.
void allot_by_draw(Draft& draft, const StepId& step, TaskDrawn& drawn);
void allot_to_shortest_queue(Draft& draft, const StepId& step, TaskDrawn& drawn);
void allot_in_turn(Draft& draft, const StepId& step, TaskDrawn& drawn);

/// Which of the candidates the figures of `drawn` choose, for whoever does it over again: the
/// index, or the number of candidates where no way leads to one.
std::size_t chosen_by(const TaskDrawn& drawn);

}  // namespace workflow::engine
