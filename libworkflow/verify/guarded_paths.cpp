#include "guarded_paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../feel/constant_tests.hpp"
#include "activities.hpp"
#include "paths.hpp"
#include "value_paths.hpp"

namespace workflow::verify {
namespace {

using process::Process;
using Index = workflow::TransitionIndex;
using Trigger = process::Transition::Trigger;

/// Returns whether compilation has reported it: the branch is impossible, or an earlier branch
/// always holds (WF0422).
bool is_told(const Process& process, const ValueCells& cells, Index index) {
    const auto& transition = process.transitions[index];
    const auto regions = feel::constant_condition(transition.guard);
    if (!regions) return false;
    const auto nothing = [](const auto& one) { return one.second.empty(); };
    if (std::all_of(regions->begin(), regions->end(), [&](const auto& region) {
            return std::any_of(region.begin(), region.end(), nothing);
        }))
        return true;
    if (transition.trigger != Trigger::automatic) return false;
    const auto& at = process.places[transition.takes.front().place];
    if (at.sample) return false;
    for (const auto earlier : at.automatic) {
        if (earlier == index) break;
        if ((cells.may(index) & ~cells.must(earlier)) == 0) return true;
    }
    return false;
}

void tell_never(const Process& process, Index index, bool refused, DiagnosticSink& findings) {
    const auto& transition = process.transitions[index];
    const auto& step = process.step_at(transition.takes.front().place).id.text;
    const auto mark = transition.guard ? transition.guard_mark : transition.mark;
    if (refused)
        findings.add("never-possible", mark,
                     fmt::format("`{}` is always refused: no branch of the `choose` after it holds",
                                 name_of(process, index)),
                     "add a branch for the values that remain or delete the outcome");
    else if (transition.trigger != Trigger::automatic)
        findings.add(
            "never-possible", mark,
            fmt::format("no values that a case can have allow `{}`", name_of(process, index)),
            "fix the condition or delete the outcome");
    else if (transition.guard)
        findings.add("never-possible", mark,
                     fmt::format("`{}` is never true for a case that reaches `{}` and for which no "
                                 "earlier branch holds",
                                 transition.guard_text, step),
                     "fix the condition or delete the branch");
    else
        findings.add("never-possible", mark,
                     fmt::format("`otherwise` is never taken: for every case that reaches `{}` an "
                                 "earlier branch holds",
                                 step),
                     "delete it or fix the branches before it");
}

void tell_stuck(const Process& process, const ValueCells& cells, const ValuePaths::Stuck& stuck,
                DiagnosticSink& findings) {
    const auto* at = &process.step_at(process.start);
    for (std::size_t place = 0; place < stuck.marking.size(); ++place)
        if (stuck.marking[place] > 0 && process.places[place].role == process::Place::Role::at)
            at = &process.steps[process.places[place].step];
    const auto values = cells.words(stuck.values);
    auto& finding = findings.add(
        "no-way-out", at->mark,
        fmt::format("no end can be reached from `{}`{}{}", at->id.text,
                    values.empty() ? "" : " with " + values,
                    stuck.way.empty() ? "" : "; the path to it: " + steps_of(process, stuck.way)),
        "add an outcome, a branch or a limit that leads to an end");
    trace(process, stuck.way, findings, finding);
}

}  // namespace

bool check_guarded_ways(const Process& process, DiagnosticSink& findings) {
    const ValueCells cells(process);
    if (!cells.any()) return true;
    const ValuePaths ways(process, cells);
    if (!ways.complete()) return true;
    for (Index index = 0; index < process.transitions.size(); ++index) {
        const auto use = ways.use(index);
        if (use != ValuePaths::Use::never && use != ValuePaths::Use::refused) continue;
        if (is_visible(process, index) && !is_told(process, cells, index))
            tell_never(process, index, use == ValuePaths::Use::refused, findings);
    }
    const auto stuck = ways.stuck();
    if (stuck) tell_stuck(process, cells, *stuck, findings);
    return !stuck;
}

}  // namespace workflow::verify
