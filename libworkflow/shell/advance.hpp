#pragma once

/// What time brings about in all cases of a store, a batch of cases in each unit of work.

#include <workflow/engine.hpp>

#include "group_commit.hpp"

namespace workflow::shell {

/// Whatever is due by the clock, in the order of the due days. What stays due (nobody to draw, a
/// calendar that is not complete) is tried once. `stop` is asked after each batch.
AdvanceReport advance(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop);
/// The days of all open cases, counted anew by the catalog's calendars.
AdvanceReport recount(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop);

}  // namespace workflow::shell
