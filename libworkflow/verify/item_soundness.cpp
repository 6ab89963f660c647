#include "item_soundness.hpp"

#include <fmt/format.h>

#include "item_net.hpp"
#include "paths.hpp"
#include "soundness.hpp"

namespace workflow::verify {
namespace {

using process::Process;
using process::StepInfo;

/// The maximum number of markings of an item; real items have some hundred.
constexpr std::size_t most_soundness_markings = 1U << 17;

}  // namespace

bool check_item(const Process& process, DiagnosticSink& findings) {
    auto verdict = check_soundness(net_of(process), process.steps.size(), most_soundness_markings);
    if (verdict.completes == Answer::unknown)
        verdict =
            check_soundness(net_of(process, false), process.steps.size(), most_soundness_markings);
    const auto& start = process.step_at(process.start);
    if (verdict.completes == Answer::unknown) {
        findings.add(
            "not-decided", start.mark,
            fmt::format("{} states of `{}` were examined and more remain: whether every case "
                        "reaches an end is not decided",
                        verdict.states, process.item.text),
            "group related steps into stages, or reduce the branches that can be left early");
        return false;
    }
    if (verdict.completes == Answer::yes) return true;
    // The step at which somebody waits; for a join, the region as a whole.
    const StepInfo* at = nullptr;
    for (const auto place : verdict.stuck_at) {
        if (place >= process.places.size()) continue;
        const auto& here = process.places[place];
        if (!at || here.role == process::Place::Role::at) at = &process.steps[here.step];
    }
    if (!at) at = &start;
    const bool joins = at->done != process::none;
    const Path stuck(verdict.stuck.begin(), verdict.stuck.end());
    auto& finding = findings.add(
        "no-way-out", at->mark,
        fmt::format(
            "no end can be reached from {}{}",
            joins ? fmt::format("`{}`, which waits for branches that never complete", at->id.text)
                  : fmt::format("`{}`", at->id.text),
            verdict.stuck.empty() ? std::string()
                                  : fmt::format("; the path to it: {}", steps_of(process, stuck))),
        joins ? "let every branch that the step waits for reach `done`"
              : "add an outcome, a branch or a limit that leads to an end");
    trace(process, stuck, findings, finding);
    return false;
}

}  // namespace workflow::verify
