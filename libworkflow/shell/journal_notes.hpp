#pragma once

/// Writes into the store's journal: the one place that adds an event to it.

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

/// The refusal of a key that was used for another request.
Refusal key_reused(const CommandKey& key);

/// Adds an event, of which `what`, actor, key and request are given. Its moment is the clock's, or
/// `recorded` where that is later.
Answer note(Transaction& unit, Event event, const LocalClock& clock);

/// The answer that the journal has to the key, or key_reused; nothing for a new or empty one.
std::optional<Expected<Answer>> answered(const Events& journal, const CommandKey& key,
                                         std::uint64_t request);
std::optional<Expected<Answer>> answered(Transaction& unit, const CommandKey& key,
                                         std::uint64_t request);

/// Notes, once an hour, that the officer asks to read more cases than they may.
void note_stopped_reading(Transaction& unit, const OfficerId& officer);

/// The moment that the clock had reached when it was set back, while it does not show that again;
/// notes it, once.
std::optional<Instant> clock_behind(Transaction& unit);

}  // namespace workflow::shell
