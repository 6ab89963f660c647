#pragma once

/// Definition to net: order and scopes only; each kind of step is lowered in lower/.

#include <optional>

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// The net of `item`, or nothing when it has errors; the findings say which. References to posts
/// and duties are checked against `organization` when there is one.
std::optional<Process> compile(const definition::Item& item,
                               const definition::Organization* organization,
                               DiagnosticSink& findings);

}  // namespace workflow::process
