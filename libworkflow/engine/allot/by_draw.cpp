// Each candidate as likely as his weight says.

#include "allot.hpp"

namespace workflow::engine {

void allot_by_draw(Draft& draft, const StepId& step, TaskDrawn& drawn) {
    const auto lot =
        draft.draw_lot(draft.applicant(), step, drawn.task, drawn.candidates, drawn.figures);
    drawn.entropy = lot.word;
    drawn.keys = lot.keys;
    drawn.officer = drawn.candidates[chosen_by(drawn)];
}

}  // namespace workflow::engine
