// Who comes, in the order of their ids, after the one whose turn it was before at the same step of
// the item.

#include "allot.hpp"

namespace workflow::engine {

void allot_in_turn(Draft& draft, const StepId& step, TaskDrawn& drawn) {
    if (draft.facts.last_turn) drawn.last = draft.facts.last_turn(step);
    drawn.officer = drawn.candidates[chosen_by(drawn)];
}

}  // namespace workflow::engine
