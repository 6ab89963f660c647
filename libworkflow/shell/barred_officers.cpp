#include "barred_officers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace workflow::shell {
namespace {

/// Returns the names of a list ` lin zhao `; nothing if it is not in that format and sorted.
std::optional<std::set<std::string>> names_of(std::string_view list) {
    std::set<std::string> names;
    if (list.empty()) return names;
    if (list.size() < 3 || list.front() != ' ' || list.back() != ' ') return {};
    list.remove_prefix(1);
    while (!list.empty()) {
        const auto end = list.find(' ');
        std::string name(list.substr(0, end));
        if (name.empty() || (!names.empty() && name <= *names.rbegin())) return {};
        names.insert(std::move(name));
        list.remove_prefix(end + 1);
    }
    return names;
}

}  // namespace

std::optional<std::string> BarredOfficers::fault(std::string_view stored,
                                                 std::string_view derived) const {
    if (stored == derived) return {};
    const auto there = names_of(stored), wanted = names_of(derived);
    if (!there || !wanted) return "it is no list of officers in their order";
    const auto worked = [&](const std::string& name) {
        return std::any_of(state.performed.begin(), state.performed.end(),
                           [&](const auto& done) { return done.officer.text == name; });
    };
    for (const auto& name : *there) {
        if (wanted->contains(name)) continue;
        const bool known = organization.officer(OfficerId(name)) != nullptr;
        if (known ? applicant_unknown : worked(name)) continue;
        return fmt::format("it keeps out {}, whom nothing keeps from the task", name);
    }
    for (const auto& name : *wanted) {
        if (there->contains(name)) continue;
        const auto* officer = organization.officer(OfficerId(name));
        const bool recused_then =
            officer && std::find(recused.begin(), recused.end(), officer->person) != recused.end();
        if (worked(name) || recused_then)
            return fmt::format("it does not keep out {}, who may not take the task", name);
    }
    return {};
}

}  // namespace workflow::shell
