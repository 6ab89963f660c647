#include "fire.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::engine {

using process::PlaceIndex;
using process::Process;
using process::Transition;

namespace {

Marking::iterator find(Marking& marking, PlaceIndex place) {
    return std::lower_bound(marking.begin(), marking.end(), place,
                            [](const Token& token, PlaceIndex p) { return token.place < p; });
}

void put(Marking& marking, PlaceIndex place, std::uint16_t count) {
    const auto at = find(marking, place);
    if (at != marking.end() && at->place == place)
        at->count = static_cast<std::uint16_t>(at->count + count);
    else
        marking.insert(at, Token{place, count});
}

std::uint16_t count_at(const Marking& marking, PlaceIndex place) {
    for (const auto& token : marking)
        if (token.place == place) return token.count;
    return 0;
}

void note(Places& places, PlaceIndex place) {
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

bool holds(const Transition& transition, std::span<const Value> fields,
           const feel::Moment& moment) {
    if (!transition.guard) return true;
    const auto value = transition.guard.evaluate(fields, moment);
    const auto* truth = value.as<bool>();
    return truth && *truth;
}

}  // namespace

bool enabled(const Process& process, TransitionIndex transition, const Marking& marking) {
    for (const auto& arc : process.transitions[transition].takes)
        if (count_at(marking, arc.place) < arc.weight) return false;
    return true;
}

void move_tokens(const Process& process, TransitionIndex transition, Marking& marking,
                 Places& left) {
    const auto& moved = process.transitions[transition];
    for (const auto& arc : moved.takes) {
        const auto at = find(marking, arc.place);
        at->count = static_cast<std::uint16_t>(at->count - arc.weight);
        if (at->count == 0) marking.erase(at);
        note(left, arc.place);
    }
    if (!moved.clears.empty()) {
        const auto gone = std::remove_if(marking.begin(), marking.end(), [&](const Token& token) {
            if (std::find(moved.clears.begin(), moved.clears.end(), token.place) ==
                moved.clears.end())
                return false;
            note(left, token.place);
            return true;
        });
        marking.erase(gone, marking.end());
    }
    for (const auto& arc : moved.gives) put(marking, arc.place, arc.weight);
}

std::optional<Refusal> run(const Process& process, TransitionIndex first, Marking& marking,
                           Places& left, Path& path, std::span<const Value> fields,
                           const feel::Moment& moment, const Sampler& sampled) {
    // Places that received a token and may continue automatically, in that order.
    SmallVector<PlaceIndex, 8> fresh;
    std::size_t fired = 0;
    const auto fire = [&](TransitionIndex index) {
        move_tokens(process, index, marking, left);
        path.push_back(process.transitions[index].id);
        for (const auto& arc : process.transitions[index].gives)
            if (!process.places[arc.place].automatic.empty()) fresh.push_back(arc.place);
    };
    if (first == process::none) {
        put(marking, process.start, 1);
        if (!process.places[process.start].automatic.empty()) fresh.push_back(process.start);
    } else {
        fire(first);
    }
    for (std::size_t next = 0; next < fresh.size(); ++next) {
        const auto place = fresh[next];
        if (count_at(marking, place) == 0) continue;
        const auto& at = process.places[place];
        bool moved = false;
        const auto drawn = at.sample ? at.automatic.at(sampled(place) ? 0 : 1) : process::none;
        for (const auto index : at.automatic) {
            if (!enabled(process, index, marking) || (at.sample && index != drawn) ||
                !holds(process.transitions[index], fields, moment))
                continue;
            if (++fired > longest_path)
                return Refusal{RefusalCode::too_many_steps,
                               fmt::format("the process does not come to rest at {}",
                                           process.step_at(place).id.text),
                               {}};
            fire(index);
            moved = true;
            break;
        }
        // A join waits for more tokens. A choice has nothing to wait for.
        if (!moved && at.role == process::Place::Role::at)
            return Refusal{
                RefusalCode::no_branch,
                fmt::format("no branch of {} matches these values", process.step_at(place).id.text),
                {}};
    }
    return {};
}

}  // namespace workflow::engine
