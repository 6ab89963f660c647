// Who holds the fewest tasks; one of them is drawn where there are several.

#include "allot.hpp"

namespace workflow::engine {

void allot_to_shortest_queue(Draft& draft, const StepId& step, TaskDrawn& drawn) {
    for (const auto& id : drawn.candidates)
        drawn.figures.push_back(draft.facts.held ? draft.facts.held(id) : 0);
    // Queues can be made longer on purpose: they say who may be drawn, not what is drawn.
    const auto lot = draft.draw_lot(draft.applicant(), step, drawn.task, drawn.candidates, {});
    drawn.entropy = lot.word;
    drawn.keys = lot.keys;
    drawn.officer = drawn.candidates[chosen_by(drawn)];
}

}  // namespace workflow::engine
