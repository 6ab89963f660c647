#include "soundness.hpp"

#include <algorithm>
#include <optional>

#include "reduction.hpp"
#include "state_space.hpp"

namespace workflow::verify {
namespace {

using State = StateSpace::State;

/// Markings among which the way to a fault that is known already is looked for.
constexpr std::size_t most_for_a_way = 1U << 13;

/// By state: can a final one still be reached?
std::vector<bool> completable(const StateSpace& space) {
    std::vector<std::uint32_t> first(space.size() + 1);
    for (const auto& edge : space.edges()) ++first[edge.to + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    std::vector<State> before(space.edges().size());
    auto next = first;
    for (const auto& edge : space.edges()) before[next[edge.to]++] = edge.from;

    std::vector<bool> can(space.size());
    std::vector<State> ahead;
    for (State state = 0; state < space.size(); ++state)
        if (space.is_final(state)) {
            can[state] = true;
            ahead.push_back(state);
        }
    while (!ahead.empty()) {
        const auto state = ahead.back();
        ahead.pop_back();
        for (auto i = first[state]; i < first[state + 1]; ++i)
            if (!can[before[i]]) {
                can[before[i]] = true;
                ahead.push_back(before[i]);
            }
    }
    return can;
}

/// Can some run go through the end `node` twice?
bool goes_twice(const Net& net, const StateSpace& space, NodeIndex node,
                const std::vector<std::size_t>& first) {
    std::vector<bool> seen(space.size());
    std::vector<State> ahead;
    const auto enter = [&](State state) {
        if (!seen[state]) ahead.push_back(state);
        seen[state] = true;
    };
    for (const auto& edge : space.edges())
        if (net.transitions[edge.by].node == node) enter(edge.to);
    while (!ahead.empty()) {
        const auto state = ahead.back();
        ahead.pop_back();
        for (auto i = first[state]; i < first[state + 1]; ++i) {
            const auto& edge = space.edges()[i];
            if (net.transitions[edge.by].node == node) return true;
            enter(edge.to);
        }
    }
    return false;
}

bool is_proper(const Net& net, const StateSpace& space) {
    std::vector<std::size_t> first(space.size() + 1);
    for (const auto& edge : space.edges()) ++first[edge.from + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    for (NodeIndex node = 0; node < net.end_nodes.size(); ++node)
        if (net.end_nodes[node] && goes_twice(net, space, node, first)) return false;
    return true;
}

Answer answer(bool yes) {
    return yes ? Answer::yes : Answer::no;
}

/// The nodes that `net` has and that no run goes through.
std::vector<NodeIndex> dead_nodes(const Net& net, const StateSpace& space, std::size_t nodes) {
    std::vector<bool> fired(net.transitions.size()), there(nodes), lives(nodes);
    for (const auto& edge : space.edges()) fired[edge.by] = true;
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t) {
        there[net.transitions[t].node] = true;
        if (fired[t]) lives[net.transitions[t].node] = true;
    }
    std::vector<NodeIndex> dead;
    for (NodeIndex node = 0; node < nodes; ++node)
        if (there[node] && !lives[node]) dead.push_back(node);
    return dead;
}

/// The marking at which it is stuck, and the way there.
void tell_stuck(const StateSpace& space, State state, Soundness& verdict) {
    verdict.completes = Answer::no;
    verdict.stuck = space.trace(state);
    const auto tokens = space.marking(state);
    for (PlaceIndex place = 0; place < tokens.size(); ++place)
        if (tokens[place] > 0) verdict.stuck_at.push_back(place);
}

/// The first marking that is followed by none and is no end.
std::optional<State> first_deadlock(const StateSpace& space) {
    std::vector<bool> goes_on(space.size());
    for (const auto& edge : space.edges()) goes_on[edge.from] = true;
    for (State state = 0; state < space.followed(); ++state)
        if (!goes_on[state] && !space.is_final(state)) return state;
    return {};
}

Soundness judge(const Net& net, const StateSpace& space, std::size_t nodes) {
    Soundness verdict;
    verdict.states = space.size();
    if (const auto& overflow = space.overflow()) {
        verdict.safe = Answer::no;
        verdict.unsafe = space.trace(overflow->from);
        verdict.unsafe.push_back(overflow->by);
        verdict.unsafe_place = overflow->place;
    } else if (space.complete()) {
        verdict.safe = Answer::yes;
    }
    if (!space.complete()) {
        // What has been seen to happen does happen; of the rest nothing is known.
        if (const auto deadlock = first_deadlock(space)) tell_stuck(space, *deadlock, verdict);
        if (!is_proper(net, space)) verdict.proper = Answer::no;
        if (dead_nodes(net, space, nodes).empty()) verdict.lively = Answer::yes;
        return verdict;
    }
    const auto can = completable(space);
    const auto stuck = std::find(can.begin(), can.end(), false);
    verdict.completes = Answer::yes;
    if (stuck != can.end()) {
        // Breadth first: the first one is among the nearest. Where it is so from the beginning, the
        // place where nothing goes on says more, or else the farthest one.
        auto state = static_cast<State>(stuck - can.begin());
        if (state == 0)
            state = first_deadlock(space).value_or(static_cast<State>(space.size() - 1));
        tell_stuck(space, state, verdict);
    }
    verdict.proper = answer(is_proper(net, space));
    verdict.dead = dead_nodes(net, space, nodes);
    verdict.lively = answer(verdict.dead.empty());
    return verdict;
}

}  // namespace

Answer Soundness::sound() const {
    if (completes == Answer::no || safe == Answer::no || lively == Answer::no) return Answer::no;
    if (completes == Answer::yes && safe == Answer::yes && lively == Answer::yes)
        return Answer::yes;
    return Answer::unknown;
}

Soundness check_soundness(const Net& given, std::size_t nodes, std::size_t most) {
    auto net = given;
    for (auto& transition : net.transitions) {
        join_arcs(transition.takes);
        join_arcs(transition.gives);
    }
    const auto small = reduced(net);
    auto verdict = judge(small, StateSpace(small, most), nodes);
    if (verdict.sound() == Answer::yes && verdict.proper == Answer::yes) return verdict;
    // The way to a fault is told in the model's own elements. Where that takes too long, the
    // answers stand without it.
    auto full = judge(net, StateSpace(net, std::min(most, most_for_a_way)), nodes);
    const auto keep = [](Answer& known, Answer other) {
        if (known == Answer::unknown) known = other;
    };
    keep(full.completes, verdict.completes);
    keep(full.safe, verdict.safe);
    keep(full.proper, verdict.proper);
    keep(full.lively, verdict.lively);
    return full;
}

}  // namespace workflow::verify
