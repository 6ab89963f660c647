#pragma once

/// Requests that an officer take no part (回避), with the application or later.

#include <optional>

#include "draft.hpp"

namespace workflow::engine {

/// Does the request need no second person? An officer's own, and the engine's.
bool out_at_once(const Actor& asker, const OfficerId& officer);

/// Why a request cannot be taken: unknown_officer, ground_required, reason_required.
std::optional<Refusal> bad_recusal(const Draft& draft, const RecusalRequest& request);

/// Adds the request, whose officer is known.
void ask(Draft& draft, const RecusalRequest& request);

}  // namespace workflow::engine
