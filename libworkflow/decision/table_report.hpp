#pragma once

#include <vector>

#include "../base/diagnostics.hpp"
#include "axis.hpp"
#include "model.hpp"

namespace workflow::decision {

/// What a table's tests accept, as far as they say so by constants.
struct TableCells {
    std::vector<Axis::Domain> domains;     ///< one an input
    std::vector<std::vector<Cell>> rules;  ///< of each rule, one an input
};

/// Tells what the rules of a table say contradictorily, twice, never or not at all, by what its hit
/// policy makes of that. A gap and an overlap are told with a row of inputs that shows them.
void report_table(const Table& table, const TableCells& cells, Findings& findings);

}  // namespace workflow::decision
