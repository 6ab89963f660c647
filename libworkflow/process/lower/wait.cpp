#include "lowering.hpp"

namespace workflow::process::lower {

void lower_wait(Lowering& to, const definition::Step& step, const definition::WaitStep& wait,
                const Scope& scope) {
    const auto place = to.process.steps[to.index_of(step)].at;
    WaitActivity activity;
    activity.for_applicant = wait.for_applicant;
    for (const auto& asked : wait.asks)
        if (const auto field = to.process.field(asked.field)) activity.asks.push_back(*field);
    if (wait.supplied) {
        auto& transition = to.leave(place, Transition::Trigger::supplied, wait.supplied->mark);
        to.lead_to(transition, *wait.supplied, scope);
        activity.supplied = to.last();
    }
    to.process.places[place].activity = activity;
    to.add_timers(step, place, scope);
    to.add_clock(step, place);
}

}  // namespace workflow::process::lower
