#pragma once

/// A negative rating (差评) opens a case of its own: it is verified by somebody else than the
/// officer who was rated, put right or explained, and answered (R28).

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

/// The command that opens the case in which the rating is followed up; nothing where the catalog
/// names no item for that. `command` is the rating of the case `rated`.
std::optional<Command> follow_up_of(Transaction& unit, const LiveCase& rated,
                                    const Command& command);

/// What is thrown when that case is refused: then the rating is not kept either.
StoreError cannot_follow_up(const EngineContext& context, const Refusal& refusal);

}  // namespace workflow::shell
