#pragma once

/// Performs what is due by the clock in all cases of a store, a batch of cases in each transaction.

#include <workflow/engine.hpp>

#include "group_commit.hpp"

namespace workflow::shell {

/// Performs whatever is due by the clock, in the order of the due days. Tries once what remains due
/// (nobody to draw, an incomplete calendar). Calls `stop` after each batch.
AdvanceReport advance(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop);
/// Recounts the days of all open cases by the catalog's calendars.
AdvanceReport recount(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop);

}  // namespace workflow::shell
