#include "soundness.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "reduction.hpp"
#include "state_space.hpp"

namespace workflow::verify {
namespace {

using State = StateSpace::State;

/// The maximum number of markings of the original net in the search for the shortest path to a
/// known fault.
constexpr std::size_t most_for_a_way = 1U << 10;

/// The predecessors of each state, in one list.
class Backwards {
public:
    explicit Backwards(const StateSpace& space) : first_(space.size() + 1) {
        for (State state = 0; state < space.size(); ++state)
            for (const auto& edge : space.edges(state)) ++first_[edge.to + 1U];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        before_.resize(first_.back());
        auto next = first_;
        for (State state = 0; state < space.size(); ++state)
            for (const auto& edge : space.edges(state)) before_[next[edge.to]++] = state;
    }
    [[nodiscard]] std::span<const State> before(State state) const {
        return {before_.data() + first_[state], first_[state + 1U] - first_[state]};
    }

private:
    std::vector<std::size_t> first_;
    std::vector<State> before_;
};

/// Returns, by state, whether a final state can be reached.
std::vector<bool> completable(const StateSpace& space) {
    std::vector<bool> can(space.size());
    const auto goes_on = [&](State state) {
        const auto edges = space.edges(state);
        return std::any_of(edges.begin(), edges.end(),
                           [&](const auto& edge) { return can[edge.to]; });
    };
    // States that are found later are usually nearer to an end: in reverse order most are known.
    std::size_t left = space.size();
    for (auto state = static_cast<State>(space.size()); state-- > 0;) {
        can[state] = space.is_final(state) || goes_on(state);
        left -= can[state] ? 1 : 0;
    }
    if (left == 0) return can;
    const Backwards backwards(space);
    std::vector<State> ahead;
    for (State state = 0; state < space.size(); ++state)
        if (!can[state] && goes_on(state)) {
            can[state] = true;
            ahead.push_back(state);
        }
    while (!ahead.empty()) {
        const auto state = ahead.back();
        ahead.pop_back();
        for (const auto before : backwards.before(state))
            if (!can[before]) {
                can[before] = true;
                ahead.push_back(before);
            }
    }
    return can;
}

/// Returns whether some run can pass the end `node` twice.
bool goes_twice(const Net& net, const StateSpace& space, NodeIndex node) {
    std::vector<bool> seen(space.size());
    std::vector<State> ahead;
    const auto enter = [&](State state) {
        if (!seen[state]) ahead.push_back(state);
        seen[state] = true;
    };
    for (State state = 0; state < space.size(); ++state)
        for (const auto& edge : space.edges(state))
            if (net.transitions[edge.by].node == node) enter(edge.to);
    while (!ahead.empty()) {
        const auto state = ahead.back();
        ahead.pop_back();
        for (const auto& edge : space.edges(state)) {
            if (net.transitions[edge.by].node == node) return true;
            enter(edge.to);
        }
    }
    return false;
}

bool is_proper(const Net& net, const StateSpace& space) {
    for (NodeIndex node = 0; node < net.end_nodes.size(); ++node) {
        if (!net.end_nodes[node]) continue;
        bool comes = false;
        for (TransitionIndex t = 0; t < net.transitions.size() && !comes; ++t)
            comes = net.transitions[t].node == node && space.fires(t);
        if (comes && goes_twice(net, space, node)) return false;
    }
    return true;
}

Answer answer(bool yes) {
    return yes ? Answer::yes : Answer::no;
}

/// Returns, by transition, whether it fires in some run.
std::vector<bool> fired(const Net& net, const StateSpace& space) {
    std::vector<bool> fired(net.transitions.size());
    for (TransitionIndex t = 0; t < fired.size(); ++t) fired[t] = space.fires(t);
    return fired;
}

/// Returns the nodes of `net` that no run passes.
std::vector<NodeIndex> dead_nodes(const Net& net, const std::vector<bool>& fired,
                                  std::size_t nodes) {
    std::vector<bool> there(nodes), lives(nodes);
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t) {
        there[net.transitions[t].node] = true;
        if (fired[t]) lives[net.transitions[t].node] = true;
    }
    std::vector<NodeIndex> dead;
    for (NodeIndex node = 0; node < nodes; ++node)
        if (there[node] && !lives[node]) dead.push_back(node);
    return dead;
}

/// Records the marking at which the run is stuck, and the path to it.
void tell_stuck(const StateSpace& space, State state, Soundness& verdict) {
    verdict.completes = Answer::no;
    verdict.stuck = space.trace(state);
    verdict.stuck_at = space.marked(state);
}

/// Returns the first marking that has no successor and is not an end.
std::optional<State> first_deadlock(const StateSpace& space) {
    for (State state = 0; state < space.followed(); ++state)
        if (space.edges(state).empty() && !space.is_final(state)) return state;
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
        // What was observed can happen; nothing is known of the rest.
        if (const auto deadlock = first_deadlock(space)) tell_stuck(space, *deadlock, verdict);
        if (!is_proper(net, space)) verdict.proper = Answer::no;
        if (dead_nodes(net, fired(net, space), nodes).empty()) verdict.lively = Answer::yes;
        return verdict;
    }
    const auto can = completable(space);
    const auto stuck = std::find(can.begin(), can.end(), false);
    verdict.completes = Answer::yes;
    if (stuck != can.end()) {
        // The search is breadth first, so the first state is among the nearest. If no completion is
        // possible from the initial marking, a deadlock is more informative, or else the farthest
        // state.
        auto state = static_cast<State>(stuck - can.begin());
        if (state == 0)
            state = first_deadlock(space).value_or(static_cast<State>(space.size() - 1));
        tell_stuck(space, state, verdict);
    }
    verdict.proper = answer(is_proper(net, space));
    verdict.dead = dead_nodes(net, fired(net, space), nodes);
    verdict.lively = answer(verdict.dead.empty());
    return verdict;
}

std::vector<TransitionIndex> whole_way(const Origins& origins,
                                       const std::vector<TransitionIndex>& way) {
    return origins.way(way).value_or(std::vector<TransitionIndex>());
}

/// Returns the places that hold tokens after the path.
std::vector<PlaceIndex> marked_after(const Net& net, const std::vector<TransitionIndex>& way) {
    std::vector<PlaceIndex> marked;
    if (way.empty()) return marked;
    std::vector<std::uint32_t> tokens;
    for (const auto& place : net.places) tokens.push_back(place.tokens);
    for (const auto t : way) {
        for (const auto& arc : net.transitions[t].takes) tokens[arc.place] -= arc.weight;
        for (const auto place : net.transitions[t].clears) tokens[place] = 0;
        for (const auto& arc : net.transitions[t].gives) tokens[arc.place] += arc.weight;
    }
    for (PlaceIndex place = 0; place < tokens.size(); ++place)
        if (tokens[place] > 0) marked.push_back(place);
    return marked;
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
    Origins origins;
    const auto small = reduced(net, origins);
    const StateSpace space(small, most);
    auto verdict = judge(small, space, nodes);
    if (verdict.sound() == Answer::yes && verdict.proper == Answer::yes) return verdict;
    // The shortest path to a fault, in the elements of the model; if that takes too long, the path
    // on which the reduced net found it.
    auto full = judge(net, StateSpace(net, std::min(most, most_for_a_way)), nodes);
    full.states = std::max(full.states, verdict.states);
    if (full.completes == Answer::unknown) {
        full.completes = verdict.completes;
        full.stuck = whole_way(origins, verdict.stuck);
        full.stuck_at = marked_after(net, full.stuck);
    }
    if (full.safe == Answer::unknown) {
        full.safe = verdict.safe;
        full.unsafe = whole_way(origins, verdict.unsafe);
        full.unsafe_place = origins.places.empty() ? 0 : origins.places[verdict.unsafe_place];
    }
    if (full.proper == Answer::unknown) full.proper = verdict.proper;
    if (full.lively == Answer::unknown) {
        full.lively = verdict.lively;
        if (space.complete())
            full.dead = dead_nodes(net, origins.living(fired(small, space)), nodes);
    }
    return full;
}

}  // namespace workflow::verify
