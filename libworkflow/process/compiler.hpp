#pragma once

/// Definition to net: only order and scopes. Each kind of step is lowered in lower/.

#include <optional>

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// Returns the net of `item`, or nullopt when it has errors, which the findings list. References to
/// posts and duties are checked if `organization` is given.
std::optional<Process> compile(const definition::Item& item,
                               const definition::Organization* organization,
                               DiagnosticSink& findings);

}  // namespace workflow::process
