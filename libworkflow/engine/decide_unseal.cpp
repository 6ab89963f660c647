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

}  // namespace workflow::engine
