#pragma once

/// Requests to exclude an officer (回避), with the application or later.

#include <optional>

#include "draft.hpp"

namespace workflow::engine {

/// Returns whether the request needs no second person: an officer's own, whichever of their
/// accounts it names, and the engine's.
bool out_at_once(const Draft& draft, const OfficerId& officer);

/// Refuses an invalid request: unknown_officer, ground_required, reason_required.
std::optional<Refusal> bad_recusal(const Draft& draft, const RecusalRequest& request);

/// Adds the request, whose officer is known. An officer's own request names the requesting account.
void ask(Draft& draft, const RecusalRequest& request);

}  // namespace workflow::engine
