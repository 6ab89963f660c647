#pragma once

/// Adds a suggestion to a refusal for a misspelled name. A refusal is shown to the requester, so
/// names that they must not learn are not searched.

#include <string>
#include <utility>
#include <vector>

#include "../base/diagnostics.hpp"

namespace workflow::engine {

/// Longer lists are not searched, because a refusal must stay cheap.
inline constexpr std::size_t most_names = 2'000;

/// Returns "; did you mean `lin-fang`?", or an empty string. `name_of` returns the name of one of
/// `things`.
template <class Things, class NameOf>
std::string nearby(const std::string& given, const Things& things, const NameOf& name_of) {
    if (given.empty() || things.size() > most_names) return {};
    std::vector<std::string> names;
    names.reserve(things.size());
    for (const auto& one : things) names.push_back(name_of(one));
    const auto near = nearest(given, names);
    return near ? "; " + did_you_mean(near) : std::string();
}

/// The same for things that have an id.
template <class Things>
std::string nearby(const std::string& given, const Things& things) {
    return nearby(given, things, [](const auto& one) { return one.id.text; });
}

}  // namespace workflow::engine
