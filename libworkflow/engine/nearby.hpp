#pragma once

/// What a refusal adds for a name that is nearly one that is there. A refusal is shown to whoever
/// asked: names that they must not learn are not among what is searched.

#include <string>
#include <utility>
#include <vector>

#include "../base/diagnostics.hpp"

namespace workflow::engine {

/// Of more names none is searched for: a refusal must stay cheap.
inline constexpr std::size_t most_names = 2'000;

/// "; did you mean `lin-fang`?", or nothing. `name_of` gives the name of one of `things`.
template <class Things, class NameOf>
std::string nearby(const std::string& given, const Things& things, const NameOf& name_of) {
    if (given.empty() || things.size() > most_names) return {};
    std::vector<std::string> names;
    names.reserve(things.size());
    for (const auto& one : things) names.push_back(name_of(one));
    const auto near = nearest(given, names);
    return near ? "; " + did_you_mean(near) : std::string();
}

/// Of things that have an id.
template <class Things>
std::string nearby(const std::string& given, const Things& things) {
    return nearby(given, things, [](const auto& one) { return one.id.text; });
}

}  // namespace workflow::engine
