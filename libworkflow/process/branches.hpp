#pragma once

#include "../base/diagnostics.hpp"
#include "../decision/axis.hpp"
#include "net.hpp"

namespace workflow::process {

/// Returns the possible values of a field as intervals, or nullopt for any.
decision::Axis::Domain domain_of(const FieldInfo& field);

/// For each `choose`, reports branches that are never taken because an earlier one always is,
/// branches that hold together but lead to different steps, and combinations for which no branch
/// holds and no `otherwise` exists. Each finding shows field values, possibly null. Skips
/// conditions that call functions or compare fields with each other.
void check_branches(const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
