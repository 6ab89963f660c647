#pragma once

/// Writes to the store's journal; no other module adds events to it.

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

/// Returns the refusal of a key that was used for another request.
Refusal key_reused(const CommandKey& key);

/// Adds an event; the caller sets `what`, actor, key and request. Its moment is the clock's, or
/// `recorded` if that is later.
Answer note(Transaction& unit, Event event, const LocalClock& clock);

/// Returns the journal's answer to the key, or key_reused; nothing for a new or empty key.
std::optional<Expected<Answer>> answered(const Events& journal, const CommandKey& key,
                                         std::uint64_t request);
std::optional<Expected<Answer>> answered(Transaction& unit, const CommandKey& key,
                                         std::uint64_t request);

/// Records, at most once an hour, that the officer asked to read more cases than permitted.
void note_stopped_reading(Transaction& unit, const OfficerId& officer);

/// Returns the moment that the clock had reached when it was set back, as long as it shows less.
/// Records it once.
std::optional<Instant> clock_behind(Transaction& unit);

}  // namespace workflow::shell
