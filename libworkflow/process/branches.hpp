#pragma once

#include "../base/diagnostics.hpp"
#include "../decision/axis.hpp"
#include "net.hpp"

namespace workflow::process {

/// The values a field can have, as pieces of a line; nothing: any.
decision::Axis::Domain domain_of(const FieldInfo& field);

/// Tells which branches of each `choose` can never be taken, because an earlier one always is;
/// which hold together but lead to different steps; and where none holds and nothing is said of
/// that: each with field values that show it, null among them. Conditions that call functions or
/// compare fields with each other are passed over.
void check_branches(const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
