#pragma once

#include "../base/diagnostics.hpp"
#include "analysis.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Reports contradictions, duplicates, unreachable rules and gaps of a table, according to its hit
/// policy. A gap or an overlap is reported with a row of inputs that shows it.
void report_table(const Table& table, const Grid& grid, DiagnosticSink& findings);

}  // namespace workflow::decision
