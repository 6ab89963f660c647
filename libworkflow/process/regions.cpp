#include "regions.hpp"

#include <algorithm>

namespace workflow::process {
namespace {

bool contains(const std::vector<PlaceIndex>& places, PlaceIndex place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

}  // namespace

std::vector<std::uint16_t> branches_of(const Process& process, const StepInfo& region) {
    std::vector<std::uint16_t> branch(process.places.size(), 0);
    std::vector<PlaceIndex> ahead;
    const auto enter = [&](PlaceIndex place, std::uint16_t number) {
        if (place == region.done || place == region.active || branch[place] != 0) return;
        branch[place] = number;
        ahead.push_back(place);
    };
    for (const auto& fork : process.transitions) {
        if (fork.gives.empty() || fork.gives.front().place != region.active) continue;
        for (std::size_t i = 1; i < fork.gives.size(); ++i)
            enter(fork.gives[i].place, static_cast<std::uint16_t>(i));
    }
    while (!ahead.empty()) {
        const auto place = ahead.back();
        ahead.pop_back();
        for (const auto& transition : process.transitions) {
            if (transition.takes.empty() || transition.takes.front().place != place) continue;
            if (contains(transition.clears, region.active)) continue;  // it leaves the region
            for (const auto& arc : transition.gives) enter(arc.place, branch[place]);
        }
    }
    // A step without incoming transitions never gets a token, so any branch will do.
    for (const auto& transition : process.transitions)
        for (const auto& arc : transition.gives)
            if (arc.place == region.done && !transition.takes.empty() &&
                branch[transition.takes.front().place] == 0)
                branch[transition.takes.front().place] = 1;
    return branch;
}

}  // namespace workflow::process
