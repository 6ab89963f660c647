#pragma once

/// The limits of a case. They start with its acceptance, pause while the case rests at a step that
/// pauses them, can be extended by approval, trigger warnings, and are recomputed when the calendar
/// changes.

#include <optional>

#include "draft.hpp"

namespace workflow::engine {

/// Accepts the case. `deemed`: by the hall's failure to answer, from the day of receipt (R5).
void accept(Draft& draft, bool deemed);
/// Extends the statutory limit by `by`. Preconditions have been checked.
void extend(Draft& draft, Limit by);
/// Pauses or resumes the clocks of an accepted case: they are paused while it rests at any step
/// that pauses them. `extended`: what the same act added to the statutory limit.
void turn_clocks(Draft& draft, bool accepted, std::optional<Limit> extended);
/// Sets warnings for every limit that starts, or changes its due day, by the draft's events.
void set_warnings(Draft& draft);
/// Recomputes the days of the case by the current calendar. Adds an event where a day changed or is
/// no longer provisional.
void recount(Draft& draft);

}  // namespace workflow::engine
