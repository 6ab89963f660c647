#include "transition_ids.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace workflow::process {

namespace {

std::string place_name(const Process& process, PlaceIndex place) {
    auto name = process.step_at(place).id.text;
    switch (process.places[place].role) {
        case Place::Role::at:
            break;
        case Place::Role::active:
            name += ".active";
            break;
        case Place::Role::done:
            name += ".done";
            break;
    }
    return name;
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
std::uint32_t fnv1a(std::string_view text) {
    std::uint32_t hash = 2'166'136'261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return hash;
}

}  // namespace

std::string name_of(const Process& process, const Transition& transition) {
    if (transition.trigger == Transition::Trigger::withdraw) return "withdraw";
    auto name = place_name(process, transition.takes.front().place);
    switch (transition.trigger) {
        case Transition::Trigger::outcome:
            return name + '.' + transition.outcome.text;
        case Transition::Trigger::supplied:
            return name + ".supplied";
        case Transition::Trigger::timer:
            return name + ".after " + to_string(transition.after);
        case Transition::Trigger::automatic:
        case Transition::Trigger::withdraw:
            break;
    }
    std::vector<std::string> to;
    for (const auto& arc : transition.gives) to.push_back(place_name(process, arc.place));
    return fmt::format("{} -> {}", name, fmt::join(to, ", "));
}

void identify_transitions(Process& process) {
    std::unordered_set<std::uint32_t> taken;
    process.transition_ids.clear();
    for (std::size_t i = 0; i < process.transitions.size(); ++i) {
        auto& transition = process.transitions[i];
        const auto name = name_of(process, transition);
        auto hash = fnv1a(name) | least_transition_id;
        // Two names with the same hash are handled in the same way.
        for (int again = 2; !taken.insert(hash).second; ++again)
            hash = fnv1a(fmt::format("{} #{}", name, again)) | least_transition_id;
        transition.id = TransitionId{hash};
        process.transition_ids.emplace_back(transition.id, static_cast<TransitionIndex>(i));
    }
    std::sort(process.transition_ids.begin(), process.transition_ids.end());
}

}  // namespace workflow::process
