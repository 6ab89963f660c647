#include "co_occurring_roles.hpp"

#include <algorithm>
#include <span>

#include "item_net.hpp"
#include "state_space.hpp"

namespace workflow::verify {
namespace {

using process::RoleSet;
using State = StateSpace::State;

constexpr std::size_t most_role_markings = 1U << 15;
constexpr std::size_t most_sets = 1U << 19;

bool within(RoleSet some, RoleSet all) {
    return (some & ~all) == 0;
}

/// Adds a set that no present set contains. Returns whether it was added.
bool add(std::vector<RoleSet>& sets, RoleSet added) {
    if (std::any_of(sets.begin(), sets.end(), [&](RoleSet set) { return within(added, set); }))
        return false;
    std::erase_if(sets, [&](RoleSet set) { return within(set, added); });
    sets.push_back(added);
    return true;
}

RoleSet offered(const process::Process& process, std::span<const PlaceIndex> marked) {
    RoleSet roles = 0;
    for (const auto place : marked)
        if (place < process.places.size())
            if (const auto* task = process.task_at(static_cast<process::PlaceIndex>(place)))
                roles |= RoleSet{1} << task->role;
    return roles;
}

}  // namespace

CoOccurringRoles co_occurring_roles(const process::Process& process) {
    // The number of repetitions does not affect who is needed.
    const auto net = net_of(process, false);
    const StateSpace space(net, most_role_markings);
    if (!space.complete()) return {{process.places[process.start].ahead}, false};

    std::vector<RoleSet> here;
    for (State state = 0; state < space.size(); ++state)
        here.push_back(offered(process, space.marked(state)));
    std::vector<std::vector<RoleSet>> by_state(space.size());
    std::vector<std::pair<State, RoleSet>> ahead{{0, here[0]}};
    CoOccurringRoles sets;
    for (std::size_t looked_at = 0; !ahead.empty(); ++looked_at) {
        if (looked_at == most_sets) return {{process.places[process.start].ahead}, false};
        const auto [state, roles] = ahead.back();
        ahead.pop_back();
        if (!add(by_state[state], roles)) continue;
        if (space.is_final(state)) add(sets.largest, roles);
        for (const auto& edge : space.edges(state))
            ahead.emplace_back(edge.to, roles | here[edge.to]);
    }
    return sets;
}

}  // namespace workflow::verify
