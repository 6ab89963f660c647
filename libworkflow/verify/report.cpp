#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "paths.hpp"

namespace workflow::verify {
namespace {

std::string called(const ModelNode& node) {
    return node.name.empty() ? node.id : fmt::format("{} ({})", node.id, node.name);
}

/// Returns the elements on the path; of a long path, the last ones.
std::string way(const Model& model, const std::vector<TransitionIndex>& transitions) {
    constexpr std::size_t most = 12;
    if (transitions.empty()) return "immediately";
    std::vector<std::string> ids;
    for (const auto t : transitions) ids.push_back(model.nodes[model.net.transitions[t].node].id);
    return "after " + chained(ids, most);
}

/// Adds each element with its place.
void trace(const Model& model, const std::vector<TransitionIndex>& transitions,
           DiagnosticSink& findings, Diagnostic& finding) {
    constexpr std::size_t most = 50;
    for (std::size_t i = 0; i < std::min(most, transitions.size()); ++i) {
        const auto& node = model.nodes[model.net.transitions[transitions[i]].node];
        findings.relate(finding, node.mark, fmt::format("{}. `{}`", i + 1, node.id));
    }
}

std::string flows(const Model& model, const std::vector<PlaceIndex>& places) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, places.size()); ++i)
        text += fmt::format("{}`{}`", i == 0 ? "" : ", ", model.flows[places[i]]);
    return places.size() > most ? text + ", ..." : text;
}

/// Returns the last element on the path, or the process if there is none.
Mark last_on(const Model& model, const std::vector<TransitionIndex>& transitions) {
    if (transitions.empty()) return model.mark;
    return model.nodes[model.net.transitions[transitions.back()].node].mark;
}

}  // namespace

void report(const Model& model, const Soundness& verdict, DiagnosticSink& findings) {
    if (model.partial) return;
    if (verdict.completes == Answer::no) {
        if (verdict.stuck_at.empty())
            findings.add(
                "cannot-complete", model.mark,
                fmt::format("`{}` can reach a state from which no end can be reached", model.id));
        else
            trace(model, verdict.stuck, findings,
                  findings.add(
                      "cannot-complete", last_on(model, verdict.stuck),
                      fmt::format("`{}` cannot reach an end {}: it stays at {}", model.id,
                                  way(model, verdict.stuck), flows(model, verdict.stuck_at))));
    }
    if (verdict.safe == Answer::no) {
        if (verdict.unsafe.empty())
            findings.add("two-tokens", model.mark,
                         fmt::format("a flow of `{}` can hold two tokens", model.id));
        else
            trace(model, verdict.unsafe, findings,
                  findings.add(
                      "two-tokens", last_on(model, verdict.unsafe),
                      fmt::format("`{}` gets a second token {}: the elements after it run twice",
                                  model.flows[verdict.unsafe_place], way(model, verdict.unsafe)),
                      "join the branches before it"));
    }
    for (const auto node : verdict.dead)
        findings.add("dead-element", model.nodes[node].mark,
                     fmt::format("no run reaches {}", called(model.nodes[node])));
    if (verdict.lively == Answer::no && verdict.dead.empty())
        findings.add("dead-element", model.mark,
                     fmt::format("no run reaches some element of `{}`", model.id));
    if (verdict.proper == Answer::no)
        findings.add(
            "ends-twice", model.mark,
            fmt::format("a run of `{}` can pass through one of its end events twice", model.id),
            "join the branches before it");
    if (verdict.sound() == Answer::unknown)
        findings.add("not-decided", model.mark,
                     fmt::format("{} markings of `{}` were examined and more remain: whether it is "
                                 "sound is not decided",
                                 verdict.states, model.id),
                     "split it into sub-models that can be checked one by one");
}

}  // namespace workflow::verify
