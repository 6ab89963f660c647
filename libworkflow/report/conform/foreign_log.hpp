#pragma once

/// Event logs that others wrote, as traces of activities.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

#include "../../base/bounds.hpp"
#include "../../calendar/local_clock.hpp"

namespace workflow::report {

/// One thing done. Where the log is the engine's own, also with which outcome.
struct Deed {
    std::string activity, outcome;
};

struct ForeignCase {
    std::string name;
    std::vector<Deed> deeds;  ///< what was completed, in its order
};

/// Calls `visit` for each case of a log: XES, whose traces are in order; or CSV, where the columns
/// `case`, `activity` and `time` say so and `lifecycle` and `outcome` may be there. Both also
/// packed, with `.gz` at the end of the name. A log in CSV is held in memory, since its cases may
/// be mixed; of XES one case is. Events of which the log says that they are no completion are
/// passed over. Throws batch::InputError, with the line, also where a CSV has more than
/// `most_events`.
void read_foreign_log(const std::filesystem::path& file, const LocalClock& clock,
                      const std::function<void(const ForeignCase&)>& visit,
                      std::uint64_t most_events = bounds::log_events);

}  // namespace workflow::report
