#pragma once

/// What can be seen of a net's flow without exploring its states: what no path leads to, where a
/// case would never rest or never end.

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "net.hpp"

namespace workflow::process {

/// Reports unreachable steps, refusals in an item that never refuses (R26), loops of automatic
/// steps, and an item without any end that can be reached.
void check_flow(const definition::Item& item, const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
