#pragma once

#include "../base/diagnostics.hpp"
#include "analysis.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Tells what the rules of a table say contradictorily, twice, never or not at all, by what its hit
/// policy makes of that. A gap and an overlap are told with a row of inputs that shows them.
void report_table(const Table& table, const Grid& grid, DiagnosticSink& findings);

}  // namespace workflow::decision
