// What is kept from an officer is shown to him only for a reason that stands in the trail.

#include <algorithm>

#include <fmt/format.h>

#include "acting.hpp"
#include "draft.hpp"
#include "sight.hpp"

namespace workflow::engine {

std::optional<Refusal> decide_unseal(Draft& draft, const UnsealCase& unseal) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto sight =
        sight_of(draft.process, draft.organization(), draft.c, *draft.officer, draft.day);
    if (!sight) return sight.refusal();
    const auto& officer = draft.officer->id;
    if (unseal.reason.empty())
        return refuse(Rule::reason_required, "what is sealed is shown only for a reason");
    const auto& unsealed = draft.c.unsealed;
    if (std::find(unsealed.begin(), unsealed.end(), Unsealing{officer, unseal.what}) !=
        unsealed.end())
        return refuse(Rule::nothing_sealed,
                      fmt::format("that is not kept from {} any more", officer.text));
    auto& done = draft.act<CaseUnsealed>();
    done.what = unseal.what;
    done.reason = unseal.reason;
    return {};
}

std::optional<Refusal> decide_unsealing(Draft& draft, const DecideUnsealing& decision) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& asked = draft.c.unseal_asked;
    if (std::find(asked.begin(), asked.end(), Unsealing{decision.officer, decision.what}) ==
        asked.end())
        return refuse(Rule::nothing_asked, fmt::format("{} has asked to see nothing of that kind",
                                                       decision.officer.text));
    const auto* asking = draft.organization().officer(decision.officer);
    if (asking && asking->person == draft.officer->person)
        return refuse(Rule::second_person, "a second person decides what is shown");
    if (!decision.granted) {
        auto& declined = draft.act<UnsealDeclined>();
        declined.officer = decision.officer;
        declined.what = decision.what;
        declined.reason = decision.reason;
        return {};
    }
    auto& done = draft.act<CaseUnsealed>();
    done.what = decision.what;
    done.reason = decision.reason;
    done.officer = decision.officer;
    return {};
}

}  // namespace workflow::engine
