#include "role_sets.hpp"

#include <algorithm>

#include "item_net.hpp"
#include "state_space.hpp"

namespace workflow::verify {
namespace {

using process::RoleSet;
using State = StateSpace::State;

constexpr std::size_t most_markings = 1U << 15;
constexpr std::size_t most_sets = 1U << 19;

bool within(RoleSet some, RoleSet all) {
    return (some & ~all) == 0;
}

/// Adds a set where it is in none that is there; answers whether it did.
bool add(std::vector<RoleSet>& sets, RoleSet added) {
    if (std::any_of(sets.begin(), sets.end(), [&](RoleSet set) { return within(added, set); }))
        return false;
    std::erase_if(sets, [&](RoleSet set) { return within(set, added); });
    sets.push_back(added);
    return true;
}

RoleSet offered(const process::Process& process, std::span<const std::uint8_t> marking) {
    RoleSet roles = 0;
    for (process::PlaceIndex place = 0; place < process.places.size(); ++place)
        if (marking[place] > 0)
            if (const auto* task = process.task_at(place)) roles |= RoleSet{1} << task->role;
    return roles;
}

}  // namespace

RoleSets role_sets(const process::Process& process) {
    // How often somebody does something makes no difference to who is needed.
    const auto net = net_of(process, false);
    const StateSpace space(net, most_markings);
    if (!space.complete()) return {{process.places[process.start].ahead}, false};

    std::vector<std::size_t> first(space.size() + 1);
    for (const auto& edge : space.edges()) ++first[edge.from + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];

    std::vector<RoleSet> here;
    for (State state = 0; state < space.size(); ++state)
        here.push_back(offered(process, space.marking(state)));
    std::vector<std::vector<RoleSet>> by_state(space.size());
    std::vector<std::pair<State, RoleSet>> ahead{{0, here[0]}};
    RoleSets sets;
    for (std::size_t looked_at = 0; !ahead.empty(); ++looked_at) {
        if (looked_at == most_sets) return {{process.places[process.start].ahead}, false};
        const auto [state, roles] = ahead.back();
        ahead.pop_back();
        if (!add(by_state[state], roles)) continue;
        if (space.is_final(state)) add(sets.largest, roles);
        for (auto i = first[state]; i < first[state + 1]; ++i) {
            const auto to = space.edges()[i].to;
            ahead.emplace_back(to, roles | here[to]);
        }
    }
    return sets;
}

}  // namespace workflow::verify
