#include <fmt/format.h>

#include "authorization.hpp"
#include "draft.hpp"

namespace workflow::engine {

std::optional<Refusal> decide_urge(Draft& draft, const UrgeCase& urge) {
    if (auto refusal = know_actor(draft)) return refusal;
    for (const auto& urging : draft.c.urgings)
        if (urging.officer == draft.command.actor.officer && urging.last == draft.day)
            return refuse(RefusalCode::urged_already,
                          fmt::format("the case {} has been urged by the same person on {}",
                                      draft.c.number.text, to_string(draft.day)));
    draft.act<CaseUrged>().reason = urge.reason;
    return {};
}

}  // namespace workflow::engine
