#pragma once

/// Problems of a net's flow that are visible without exploring its states: unreachable parts, and
/// places where a case would never rest or never end.

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "net.hpp"

namespace workflow::process {

/// Reports unreachable steps, refusals in an item that never refuses (R26), loops of automatic
/// steps, and an item without a reachable end.
void check_flow(const definition::Item& item, const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
