#pragma once

/// The limits of a case: they begin with its acceptance, stand while it rests at a step that pauses
/// them, become longer by approval, are warned of, and are counted anew when the calendar changes.

#include <optional>

#include "draft.hpp"

namespace workflow::engine {

/// The case is accepted; `deemed`: by the silence of the hall, from the day of receipt (R5).
void accept(Draft& draft, bool deemed);
/// The law's limit is longer by `by`. What speaks against it has been asked.
void extend(Draft& draft, Limit by);
/// The clocks of an accepted case stand while it rests at any step that pauses them. `extended`:
/// what the same act has added to the law's limit.
void turn_clocks(Draft& draft, bool accepted, std::optional<Limit> extended);
/// Warnings of every limit that begins to run, or runs to another day, by the draft's events.
void set_warnings(Draft& draft);
/// Counts the days of the case by the calendar there is now, and says so where one is another, or
/// no longer provisional.
void recount(Draft& draft);

}  // namespace workflow::engine
