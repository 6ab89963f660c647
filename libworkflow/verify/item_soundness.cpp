#include "item_soundness.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../process/regions.hpp"
#include "soundness.hpp"

namespace workflow::verify {
namespace {

using process::Process;
using process::StepInfo;

/// Markings of an item that are looked at; real ones have some hundred.
constexpr std::size_t most_markings = 1U << 17;

class ItemNet {
public:
    explicit ItemNet(const Process& process) : process_(process) {
        for (std::size_t place = 0; place < process.places.size(); ++place) net_.add_place();
        net_.places[process.start].tokens = 1;
        for (PlaceIndex place = 0; place < process.places.size(); ++place) {
            if (process.end_at(static_cast<process::PlaceIndex>(place))) net_.ends.push_back(place);
            net_.places[place].counts = process.places[place].role == process::Place::Role::done;
        }
        for (std::size_t t = 0; t < process.transitions.size(); ++t) {
            const auto& from = process.transitions[t];
            if (from.trigger == process::Transition::Trigger::withdraw) continue;
            Transition made;
            for (const auto& arc : from.takes) made.takes.push_back({arc.place, arc.weight});
            for (const auto& arc : from.gives) made.gives.push_back({arc.place, arc.weight});
            for (const auto place : from.clears)
                if (!takes_all(made, place)) made.clears.push_back(place);
            made.node = process.places[from.takes.front().place].step;
            net_.transitions.push_back(std::move(made));
        }
        for (const auto& step : process.steps)
            if (step.done != process::none) tell_branches_apart(step);
    }
    [[nodiscard]] const Net& net() const { return net_; }

private:
    static bool takes_all(const Transition& transition, PlaceIndex place) {
        return std::any_of(transition.takes.begin(), transition.takes.end(),
                           [&](const Arc& arc) { return arc.place == place && arc.weight == 1; });
    }

    /// Where all branches of a region are waited for and it is left by no other way, each branch
    /// has a place of its own where it is done: then branches can be reduced one by one.
    void tell_branches_apart(const StepInfo& region) {
        const auto branch = process::branches_of(process_, region);
        const auto branches = *std::max_element(branch.begin(), branch.end());
        Transition* join = nullptr;
        for (auto& transition : net_.transitions) {
            const Arc all{region.done, branches};
            if (std::find(transition.takes.begin(), transition.takes.end(), all) !=
                transition.takes.end())
                join = &transition;
            else if (std::find(transition.clears.begin(), transition.clears.end(), region.active) !=
                         transition.clears.end() ||
                     takes_all(transition, region.active))
                return;
        }
        if (!join || branches == 0) return;
        join->takes = {{region.active}};
        join->clears.clear();
        std::vector<PlaceIndex> done(branches);
        for (auto& place : done) {
            place = net_.add_place();
            join->takes.push_back({place});
        }
        for (auto& transition : net_.transitions)
            for (auto& arc : transition.gives)
                if (arc.place == region.done)
                    arc.place = done[branch[transition.takes.front().place] - 1U];
    }

    const Process& process_;
    Net net_;
};

/// The steps gone through, the last ones of a long way.
std::string way(const Process& process, const Net& net, const std::vector<TransitionIndex>& taken) {
    constexpr std::size_t most = 8;
    std::vector<std::string> steps;
    for (const auto t : taken) {
        const auto& id = process.steps[net.transitions[t].node].id.text;
        if (steps.empty() || steps.back() != id) steps.push_back(id);
    }
    const auto first = steps.size() - std::min(most, steps.size());
    return fmt::format(
        "{}{}", first > 0 ? "... -> " : "",
        fmt::join(steps.begin() + static_cast<std::ptrdiff_t>(first), steps.end(), " -> "));
}

}  // namespace

void check_item(const Process& process, Findings& findings) {
    const ItemNet made(process);
    const auto& net = made.net();
    const auto verdict = check_soundness(net, process.steps.size(), most_markings);
    const auto& start = process.step_at(process.start);
    if (verdict.completes == Answer::unknown) {
        findings.add(
            "not-decided", start.mark,
            fmt::format("{} states of `{}` were looked at and more are left: whether every "
                        "case comes to an end is not decided",
                        verdict.states, process.item.text),
            "make stages of what belongs together, or fewer branches that can be left");
        return;
    }
    if (verdict.completes == Answer::yes) return;
    // Where somebody waits; at a join it is the region as a whole.
    const StepInfo* at = nullptr;
    for (const auto place : verdict.stuck_at) {
        if (place >= process.places.size()) continue;
        const auto& here = process.places[place];
        if (!at || here.role == process::Place::Role::at) at = &process.steps[here.step];
    }
    if (!at) at = &start;
    const bool joins = at->done != process::none;
    findings.add("no-way-out", at->mark,
                 fmt::format("{} no end can be reached{}",
                             joins ? fmt::format("`{}` waits for branches that are never done: "
                                                 "from here",
                                                 at->id.text)
                                   : fmt::format("from `{}`", at->id.text),
                             verdict.stuck.empty() ? std::string()
                                                   : fmt::format("; a case comes here by {}",
                                                                 way(process, net, verdict.stuck))),
                 joins ? "let every branch that is waited for come to `done`"
                       : "add an outcome, a branch or a limit that leads on");
}

}  // namespace workflow::verify
