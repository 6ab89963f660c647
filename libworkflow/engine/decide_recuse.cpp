// Who has an interest in a matter takes no part in it (回避). Nobody shapes the pool by it: a
// ground from the list, a name that asks, and a second person who decides.

#include <algorithm>

#include <fmt/format.h>

#include "acting.hpp"
#include "draft.hpp"

namespace workflow::engine {

std::optional<Refusal> decide_recuse(Draft& draft, const RecuseOfficer& recuse) {
    if (auto refusal = know_actor(draft)) return refusal;
    const auto* officer = draft.organization().officer(recuse.officer);
    if (!officer)
        return refuse(Rule::unknown_officer,
                      fmt::format("there is no officer {}", recuse.officer.text));
    if (recuse.ground.empty()) return refuse(Rule::ground_required, "a recusal has a ground");
    const auto& open = draft.c.recusals;
    const auto parties = draft.c.parties();
    if (parties.keep_out(officer->person) ||
        std::any_of(open.begin(), open.end(),
                    [&](const OpenRecusal& one) { return one.officer == officer->id; }))
        return refuse(
            Rule::asked_already,
            fmt::format("{} takes no part already, or it was asked before", officer->id.text));
    auto& asked = draft.act<RecusalAsked>();
    asked.officer = officer->id;
    asked.person = officer->person;
    asked.ground = recuse.ground;
    asked.reason = recuse.reason;
    return {};
}

std::optional<Refusal> decide_recusal(Draft& draft, const DecideRecusal& decision) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& open = draft.c.recusals;
    const auto asked = std::find_if(open.begin(), open.end(), [&](const OpenRecusal& one) {
        return one.officer == decision.officer;
    });
    if (asked == open.end())
        return refuse(Rule::nothing_asked,
                      fmt::format("nobody asked that {} take no part", decision.officer.text));
    const auto* asker = draft.organization().officer(asked->asked_by.officer);
    if (asked->person == draft.officer->person || (asker && asker->person == draft.officer->person))
        return refuse(Rule::second_person, "a second person decides on a recusal");
    auto& decided = draft.act<RecusalDecided>();
    decided.officer = decision.officer;
    decided.granted = decision.granted;
    decided.reason = decision.reason;
    return {};
}

}  // namespace workflow::engine
