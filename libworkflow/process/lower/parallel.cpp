#include <array>

#include <fmt/format.h>

#include "lowering.hpp"

namespace workflow::process::lower {

void lower_parallel(Lowering& to, const definition::Step& step,
                    const definition::ParallelStep& parallel, const Scope& scope) {
    std::vector<const definition::Branch*> branches;
    for (const auto& branch : parallel.branches) branches.push_back(&branch);
    if (parallel.needed == 0 || parallel.needed > branches.size()) {
        to.findings.add("bad-join", step.mark,
                        fmt::format("`{}` waits for {} of its {} branches", step.id.text,
                                    parallel.needed, branches.size()));
        return;
    }
    lower_region(to, step, branches, parallel.needed, parallel.then, scope);
}

void lower_region(Lowering& to, const definition::Step& step,
                  const std::vector<const definition::Branch*>& branches, std::uint32_t needed,
                  const definition::Target& then, const Scope& scope) {
    const auto index = to.index_of(step);
    const auto [at, active, done] = [&] {
        const auto& places = to.process.steps[index];
        return std::array{places.at, places.active, places.done};
    }();

    auto& fork = to.leave(at, Transition::Trigger::automatic, step.mark);
    fork.gives.push_back({active, 1});
    for (const auto* branch : branches) {
        const auto start = to.start_of(to.scope_of(*branch), branch->start, branch->start_mark);
        if (start != none) fork.gives.push_back({start, 1});
    }
    to.process.places[at].automatic.push_back(to.last());

    auto& join = to.leave(active, Transition::Trigger::automatic, then.mark);
    join.takes.push_back({done, static_cast<std::uint16_t>(needed)});
    const auto range = to.region(index);
    for (auto place = range.begin; place < range.end; ++place) join.clears.push_back(place);
    to.lead_to(join, then, scope);
    to.process.places[done].automatic.push_back(to.last());

    to.add_timers(step, active, scope);
    to.add_clock(step, active);
    for (const auto* branch : branches) to.lower(branch->steps, to.scope_of(*branch));
}

}  // namespace workflow::process::lower
