#pragma once

/// Common functions of the views of officers and of applicants.

#include <utility>
#include <vector>

#include <workflow/engine.hpp>

#include "../engine/panel_secrecy.hpp"
#include "engine_context.hpp"

namespace workflow::shell {

/// Returns the events that `redact` shows, each with its number. Calls `redact` for all events, in
/// their order.
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

/// Returns the answer with only those of its events that are in `shown`.
Answer only_its_own(Answer whole, std::vector<SeenEvent> shown);

/// Returns the panel's answers that nobody may know yet. Reads the trail only if a panel is open.
engine::Unrevealed unrevealed(EngineContext& place, const LiveCase& live);

/// Returns a list's row in which a panel stands for its members.
CaseView seen_view_of(EngineContext& place, const CaseRow& row);

}  // namespace workflow::shell
