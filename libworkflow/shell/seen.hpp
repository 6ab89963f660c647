#pragma once

/// What the views of officers and of applicants have in common.

#include <utility>
#include <vector>

#include <workflow/engine.hpp>

#include "../engine/panel_secrecy.hpp"
#include "engine_context.hpp"

namespace workflow::shell {

/// The events that `redact` shows, each with its number. `redact` is asked of all, in their order.
template <class Redact>
std::vector<SeenEvent> numbered(const Events& events, Redact& redact) {
    std::vector<SeenEvent> shown;
    std::uint32_t sequence = 0;
    for (const auto& event : events) {
        ++sequence;
        auto one = redact(event);
        if (!one) continue;
        const bool whole = one->what == event.what && one->actor == event.actor;
        shown.push_back({sequence, std::move(*one), whole});
    }
    return shown;
}

Expected<Events> without_numbers(Expected<std::vector<SeenEvent>> shown);

/// The answer with those events of `shown` that it has.
Answer only_its_own(Answer whole, std::vector<SeenEvent> shown);

/// The panel's answers that nobody may know yet. Reads the trail only where a panel is open.
engine::Unrevealed unrevealed(EngineContext& place, const LiveCase& live);

/// A list's row in which a panel stands for its members.
CaseView seen_view_of(EngineContext& place, const CaseRow& row);

}  // namespace workflow::shell
