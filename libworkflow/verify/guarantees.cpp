#include "guarantees.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "activities.hpp"
#include "declare.hpp"
#include "item_net.hpp"
#include "paths.hpp"
#include "reduction.hpp"
#include "state_space.hpp"

namespace workflow::verify {
namespace {

using definition::Activity;
using definition::Guarantee;
using definition::Template;
using process::Process;

constexpr std::size_t most_guarantee_markings = 1U << 17;
/// The maximum number of markings for the search of a path that names every activity, not only
/// those of the guarantee.
constexpr std::size_t most_for_a_way = 1U << 13;

/// For each transition, the activities of a guarantee that it is: bits 0 and 1 for the activity
/// itself, bits 2 and 3 for the end that it leads to.
std::vector<std::uint8_t> labels_of(const Process& process, const Guarantee& guarantee) {
    std::vector<std::uint8_t> labels(process.transitions.size());
    for (TransitionIndex t = 0; t < labels.size(); ++t) {
        const auto index = static_cast<workflow::TransitionIndex>(t);
        if (index == process.withdraw) continue;
        for (std::size_t i = 0; i < std::min<std::size_t>(2, guarantee.activities.size()); ++i) {
            if (is_act(process, index, guarantee.activities[i]))
                labels[t] |= static_cast<std::uint8_t>(1U << i);
            if (is_end(process, index, guarantee.activities[i]))
                labels[t] |= static_cast<std::uint8_t>(4U << i);
        }
    }
    return labels;
}

/// Every run of an item. The transitions that matter to its guarantees keep their positions.
class Runs {
public:
    /// `seen`: by transition of the process.
    Runs(const Process& process, const std::vector<bool>& seen, std::size_t most, bool counted)
        : net_(made(process, seen, counted)), space_(net_, most) {}

    [[nodiscard]] bool complete() const { return space_.complete(); }

    /// Returns whether some run reaches a transition of that kind.
    [[nodiscard]] bool comes(const std::vector<std::uint8_t>& labels, std::uint8_t mask) const {
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t)
            if (space_.fires(t) && (labels[origin(t)] & mask) != 0) return true;
        return false;
    }

    /// Returns the shortest run that violates the guarantee, or no value.
    [[nodiscard]] std::optional<Path> breaking(const Process& process, const Declare& automaton,
                                               const std::vector<std::uint8_t>& labels) const {
        struct Found {
            std::size_t from = 0;
            workflow::TransitionIndex by = 0;
        };
        const auto number = [](StateSpace::State state, Declare::State at) {
            return state * Declare::states + at;
        };
        std::vector<bool> seen(space_.size() * Declare::states);
        std::vector<std::size_t> order{number(0, Declare::start)};
        std::vector<Found> parents{{}};
        seen[order[0]] = true;
        const bool sees_all = automaton.sees_all();
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto state = static_cast<StateSpace::State>(order[i] / Declare::states);
            const auto at = static_cast<Declare::State>(order[i] % Declare::states);
            if (at == Declare::broken || (space_.is_final(state) && !automaton.holds(at))) {
                Path way;
                for (auto n = i; n != 0; n = parents[n].from) way.push_back(parents[n].by);
                std::reverse(way.begin(), way.end());
                return way;
            }
            for (const auto& edge : space_.edges(state)) {
                const auto by = origin(edge.by);
                const auto label = labels[by];
                auto next = at;
                if ((label & 3U) != 0 || (sees_all && is_visible(process, by)))
                    next = automaton.after(next, label & 1U, label & 2U);
                if ((label & 12U) != 0 || (sees_all && end_after(process, by) != process::none))
                    next = automaton.after(next, label & 4U, label & 8U);
                const auto reached = number(edge.to, next);
                if (seen[reached]) continue;
                seen[reached] = true;
                order.push_back(reached);
                parents.push_back({i, by});
            }
        }
        return {};
    }

private:
    /// The node of each transition is its number in the process. The relevant transitions count as
    /// ends for the reduction: they are never merged with others.
    static Net made(const Process& process, const std::vector<bool>& seen, bool counted) {
        auto net = net_of(process, counted);
        for (TransitionIndex t = 0; t < net.transitions.size(); ++t) net.transitions[t].node = t;
        net.end_nodes = seen;
        return reduced(net);
    }
    [[nodiscard]] workflow::TransitionIndex origin(TransitionIndex t) const {
        return static_cast<workflow::TransitionIndex>(net_.transitions[t].node);
    }

    Net net_;
    StateSpace space_;
};

/// Reports a violation. `way` is the path to `where`; it is empty if the finding concerns no path.
void tell(const Process& process, const Guarantee& guarantee, const std::string& how, Mark where,
          const Path& way, DiagnosticSink& findings) {
    auto& finding = findings.add(
        "guarantee-broken", guarantee.mark,
        fmt::format("`{}` does not hold for `{}`: {}", guarantee.text, process.item.text, how),
        fmt::format("it means: {}", in_words(guarantee)));
    trace(process, way, findings, finding);
    if (way.empty()) findings.relate(finding, where, "here");
}

class Check {
public:
    Check(const Process& process, bool counted, DiagnosticSink& findings)
        : process_(process), counted_(counted), findings_(findings) {}

    /// Returns whether an activity that triggers the guarantee can occur.
    bool run(const Guarantee& guarantee, const Runs& runs) {
        if (guarantee.holds == Template::reasoned) return reasoned(guarantee);
        if (guarantee.holds == Template::separated) return separated(guarantee, runs);
        const Declare automaton(guarantee);
        const auto labels = labels_of(process_, guarantee);
        if (const auto way = runs.breaking(process_, automaton, labels)) {
            const auto full = whole_way(automaton, labels);
            const auto& shown = full ? *full : *way;
            const auto& last = shown.empty() ? process_.step_at(process_.start).mark
                                             : process_.transitions[shown.back()].mark;
            tell(process_, guarantee, activities_of(process_, shown), last, shown, findings_);
            return true;
        }
        const auto by = set_off_by(guarantee.holds);
        return by == 0 || runs.comes(labels, by);
    }

private:
    /// Returns the labels without which the guarantee has no effect; none if it states a number of
    /// occurrences.
    static std::uint8_t set_off_by(Template holds) {
        constexpr std::uint8_t first = 1U | 4U, second = 2U | 8U;
        switch (holds) {
            case Template::precedence:
            case Template::alternate_precedence:
            case Template::chain_precedence:
                return second;
            case Template::succession:
            case Template::alternate_succession:
            case Template::chain_succession:
            case Template::co_existence:
                return first | second;
            case Template::existence:
            case Template::absence:
            case Template::exactly:
            case Template::init:
            case Template::last:
            case Template::choice:
            case Template::exclusive_choice:
                return 0;
            default:
                return first;
        }
    }

    std::optional<Path> whole_way(const Declare& automaton,
                                  const std::vector<std::uint8_t>& labels) const {
        const Runs all(process_, std::vector<bool>(process_.transitions.size(), true),
                       most_for_a_way, counted_);
        return all.breaking(process_, automaton, labels);
    }

    /// An end must be reached by an outcome with a reason, or by a rule.
    bool reasoned(const Guarantee& guarantee) {
        bool comes = false;
        for (TransitionIndex t = 0; t < process_.transitions.size(); ++t) {
            const auto index = static_cast<workflow::TransitionIndex>(t);
            if (index == process_.withdraw) continue;
            const bool meant = std::any_of(guarantee.activities.begin(), guarantee.activities.end(),
                                           [&](const Activity& activity) {
                                               return is_act(process_, index, activity) ||
                                                      is_end(process_, index, activity);
                                           });
            if (!meant) continue;
            comes = true;
            for (const auto cause : causes_of(index)) {
                const auto& transition = process_.transitions[cause];
                const bool by_rule = transition.trigger == process::Transition::Trigger::automatic;
                if (transition.needs_reason || by_rule) continue;
                tell(process_, guarantee,
                     fmt::format("`{}` requires no reason", name_of(process_, cause)),
                     transition.mark, {}, findings_);
            }
        }
        return comes;
    }

    /// Returns the transition itself; for a join, the transitions that complete its branches.
    std::vector<workflow::TransitionIndex> causes_of(workflow::TransitionIndex index) const {
        const auto& transition = process_.transitions[index];
        if (transition.trigger != process::Transition::Trigger::automatic ||
            is_visible(process_, index))
            return {index};
        std::vector<workflow::TransitionIndex> causes;
        for (const auto& arc : transition.takes) {
            if (process_.places[arc.place].role != process::Place::Role::done) continue;
            for (workflow::TransitionIndex t = 0; t < process_.transitions.size(); ++t)
                for (const auto& given : process_.transitions[t].gives)
                    if (given.place == arc.place)
                        for (const auto cause : causes_of(t)) causes.push_back(cause);
        }
        return causes;
    }

    /// Two tasks must be separated, or no case has both.
    bool separated(const Guarantee& guarantee, const Runs& runs) {
        bool comes = false;
        for (std::size_t a = 0; a < guarantee.activities.size(); ++a)
            for (std::size_t b = a + 1; b < guarantee.activities.size(); ++b)
                comes = separated(guarantee, a, b, runs) || comes;
        return comes;
    }

    bool separated(const Guarantee& guarantee, std::size_t a, std::size_t b, const Runs& runs) {
        bool comes = false;
        for (const auto first : tasks_of(guarantee.activities[a]))
            for (const auto second : tasks_of(guarantee.activities[b])) {
                const auto mine = process_.task_at(first)->members;
                comes = true;
                if (process_.conflicts_of(mine) & process_.task_at(second)->members) continue;
                Guarantee both;
                both.holds = Template::not_co_existence;
                both.activities = {guarantee.activities[a], guarantee.activities[b]};
                const Declare automaton(both);
                const auto labels = only(labels_of(process_, both), first, second);
                if (!runs.breaking(process_, automaton, labels)) continue;
                const auto way = whole_way(automaton, labels);
                tell(process_, guarantee,
                     fmt::format("one officer may do both `{}` and `{}`{}",
                                 process_.step_at(first).id.text, process_.step_at(second).id.text,
                                 way ? ": " + activities_of(process_, *way) : std::string()),
                     process_.step_at(second).mark, way.value_or(Path()), findings_);
                return true;
            }
        return comes;
    }

    std::vector<process::PlaceIndex> tasks_of(const Activity& activity) const {
        std::vector<process::PlaceIndex> tasks;
        for (workflow::TransitionIndex t = 0; t < process_.transitions.size(); ++t) {
            if (t == process_.withdraw || !is_act(process_, t, activity)) continue;
            const auto place = process_.transitions[t].takes.front().place;
            if (process_.task_at(place) &&
                std::find(tasks.begin(), tasks.end(), place) == tasks.end())
                tasks.push_back(place);
        }
        return tasks;
    }

    /// Restricts the first activity to one task and the second to another.
    std::vector<std::uint8_t> only(std::vector<std::uint8_t> labels, process::PlaceIndex first,
                                   process::PlaceIndex second) const {
        for (TransitionIndex t = 0; t < labels.size(); ++t) {
            if (labels[t] == 0) continue;
            const auto place = process_.transitions[t].takes.front().place;
            labels[t] = static_cast<std::uint8_t>((place == first ? labels[t] & 1U : 0U) |
                                                  (place == second ? labels[t] & 2U : 0U));
        }
        return labels;
    }

    const Process& process_;
    bool counted_;
    DiagnosticSink& findings_;
};

/// Reports activities that the item does not have. Returns whether it has all of them.
bool is_known(const Process& process, const Guarantee& guarantee, DiagnosticSink& findings) {
    bool all = true;
    for (const auto& activity : guarantee.activities) {
        if (knows(process, activity)) continue;
        all = false;
        const auto near = nearest(activity.text, activities_of(process));
        findings.add("unknown-activity", guarantee.mark,
                     fmt::format("`{}` has no `{}`", process.item.text, activity.text),
                     did_you_mean(near));
    }
    return all;
}

std::vector<bool> seen_by(const Process& process, std::span<const Guarantee> own,
                          std::span<const Guarantee> common) {
    std::vector<bool> seen(process.transitions.size());
    for (const auto list : {own, common})
        for (const auto& guarantee : list) {
            const bool all = Declare(guarantee).sees_all();
            for (workflow::TransitionIndex t = 0; t < process.transitions.size(); ++t) {
                if (t == process.withdraw || seen[t]) continue;
                seen[t] = all && (is_visible(process, t) || end_after(process, t) != process::none);
                for (const auto& activity : guarantee.activities)
                    seen[t] =
                        seen[t] || is_act(process, t, activity) || is_end(process, t, activity);
            }
        }
    return seen;
}

}  // namespace

std::vector<bool> check_guarantees(const Process& process, std::span<const Guarantee> common,
                                   DiagnosticSink& findings) {
    std::vector<bool> set_off(common.size());
    if (process.guarantees.empty() && common.empty()) return set_off;
    const auto seen = seen_by(process, process.guarantees, common);
    std::optional<Runs> runs(std::in_place, process, seen, most_guarantee_markings, true);
    // A property of a superset of the possible runs also holds for the possible runs.
    const bool counted = runs->complete();
    if (!counted) runs.emplace(process, seen, most_guarantee_markings, false);
    if (!runs->complete()) {
        findings.add(
            "not-decided", process.step_at(process.start).mark,
            fmt::format("`{}` has too many states to decide whether its guarantees hold",
                        process.item.text),
            "group related steps into stages, or reduce the guarantees about parallel branches");
        return set_off;
    }
    Check check(process, counted, findings);
    for (const auto& guarantee : process.guarantees)
        if (is_known(process, guarantee, findings) && !check.run(guarantee, *runs))
            findings.add(
                "vacuous-guarantee", guarantee.mark,
                fmt::format(
                    "`{}` has no effect on `{}`: the activities that trigger it never occur",
                    guarantee.text, process.item.text),
                fmt::format("it means: {}", in_words(guarantee)));
    for (std::size_t i = 0; i < common.size(); ++i) set_off[i] = check.run(common[i], *runs);
    return set_off;
}

}  // namespace workflow::verify
