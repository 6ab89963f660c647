#pragma once

/// Event logs of other systems, as traces of activities.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

#include "../../base/bounds.hpp"
#include "../../calendar/local_clock.hpp"

namespace workflow::report {

/// One completed activity. If the log is the engine's own, also its outcome.
struct Deed {
    std::string activity, outcome;
};

struct ForeignCase {
    std::string name;
    std::vector<Deed> deeds;  ///< the completed activities, in order
};

/// Calls `visit` for each case of a log. Reads XES, with traces in order, and CSV, with columns
/// `case`, `activity` and `time`, and optionally `lifecycle` and `outcome`. Both may be compressed,
/// with `.gz` at the end of the name. Holds a CSV log in memory, since its cases may be
/// interleaved; of XES, holds one case. Skips events that the log marks as something other than a
/// completion. Throws batch::InputError, with the line, also if a CSV file has more than
/// `most_events`.
void read_foreign_log(const std::filesystem::path& file, const LocalClock& clock,
                      const std::function<void(const ForeignCase&)>& visit,
                      std::uint64_t most_events = bounds::log_events);

}  // namespace workflow::report
