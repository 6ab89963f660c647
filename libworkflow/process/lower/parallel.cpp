#include <array>

#include <fmt/format.h>

#include "lowering.hpp"

namespace workflow::process::lower {

namespace {

/// Returns the ways out that the votes allow, in the order in which they are tried.
std::vector<Join> verdicts(Lowering& to, const definition::Vote& vote) {
    std::vector<Join> joins;
    const auto by = to.compile(vote.by, {});
    for (const auto& verdict : vote.verdicts) {
        Join join{vote.quorum, verdict.to};
        if (verdict.value) {
            if (by) join.guard = condition_of(to, verdict, by);
            join.guard_text = fmt::format("{} = \"{}\"", vote.by.text, *verdict.value);
            join.guard_mark = vote.by.mark;
        } else {
            join.guard = to.compile_condition(verdict.when);
            join.guard_text = verdict.when.text;
            join.guard_mark = verdict.when.mark;
        }
        joins.push_back(std::move(join));
    }
    return joins;
}

}  // namespace

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
    std::vector<Join> joins;
    if (parallel.tally && parallel.tally->vote) joins = verdicts(to, *parallel.tally->vote);
    joins.push_back({parallel.needed, parallel.then});
    lower_region(to, step, branches, joins, scope);
    if (const auto panel = to.panel_of(step); panel != none) {
        to.process.panels[panel].step = to.index_of(step);
        for (const auto& branch : parallel.branches)
            for (const auto& member : branch.steps) {
                const auto at = to.process.steps[to.index_of(member)].at;
                if (auto* task = std::get_if<TaskActivity>(&to.process.places[at].activity))
                    task->panel = panel;
            }
    }
}

void lower_region(Lowering& to, const definition::Step& step,
                  const std::vector<const definition::Branch*>& branches,
                  const std::vector<Join>& joins, const Scope& scope) {
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

    const auto range = to.region(index);
    for (const auto& way : joins) {
        auto& join = to.leave(active, Transition::Trigger::automatic, way.then.mark);
        join.takes.push_back({done, static_cast<std::uint16_t>(way.needed)});
        join.guard = way.guard;
        join.guard_text = way.guard_text;
        join.guard_mark = way.guard_mark;
        for (auto place = range.begin; place < range.end; ++place) join.clears.push_back(place);
        to.lead_to(join, way.then, scope);
        to.process.places[done].automatic.push_back(to.last());
    }

    to.add_timers(step, active, scope);
    to.add_clock(step, active);
    for (const auto* branch : branches) to.lower(branch->steps, to.scope_of(*branch));
}

}  // namespace workflow::process::lower
