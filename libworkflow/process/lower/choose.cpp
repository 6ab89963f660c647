#include "lowering.hpp"

namespace workflow::process::lower {

void lower_choose(Lowering& to, const definition::Step& step, const definition::ChooseStep& choose,
                  const Scope& scope) {
    const auto place = to.process.steps[to.index_of(step)].at;
    for (const auto& branch : choose.branches) {
        auto& transition = to.leave(place, Transition::Trigger::automatic, branch.mark);
        transition.guard = to.compile_condition(branch.when);
        transition.guard_text = branch.when.text;
        to.lead_to(transition, branch.to, scope);
        to.process.places[place].automatic.push_back(to.last());
    }
}

}  // namespace workflow::process::lower
