#include "lowering.hpp"

namespace workflow::process::lower {

void lower_sample(Lowering& to, const definition::Step& step, const definition::SampleStep& sample,
                  const Scope& scope) {
    const auto place = to.process.steps[to.index_of(step)].at;
    for (const auto* target : {&sample.to, &sample.otherwise}) {
        auto& transition = to.leave(place, Transition::Trigger::automatic, target->mark);
        to.lead_to(transition, *target, scope);
        to.process.places[place].automatic.push_back(to.last());
    }
    to.process.places[place].sample = sample.share;
}

}  // namespace workflow::process::lower
