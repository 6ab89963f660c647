#pragma once

/// A negative rating (差评) opens a case of its own. An officer other than the rated one verifies
/// it; it is corrected or explained, and answered (R28).

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

/// Returns the command that opens the follow-up case of a rating; nothing if the catalog names no
/// item for it. `command` is the rating of the case `rated`.
std::optional<Command> follow_up_of(Transaction& unit, const LiveCase& rated,
                                    const Command& command);

/// Returns the exception to throw if that case is refused: the rating is not kept either.
StoreError cannot_follow_up(const EngineContext& context, const Refusal& refusal);

}  // namespace workflow::shell
