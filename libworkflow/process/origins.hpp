#pragma once

/// Who may write which field: resolves `from:` of an item's fields on the compiled net.

#include <vector>

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "net.hpp"

namespace workflow::process {

/// By field: its origin, never `unsaid`. A field that some outcome sets is computed unless it says
/// otherwise; every other one is the applicant's.
std::vector<definition::FieldOrigin> origins_of(const definition::Item& item);

/// Fills `TaskActivity::writes` and `Place::decision_ahead`, and reports origins that name nothing
/// (WF0440) or that an outcome's `sets` contradicts (WF0441).
void resolve_origins(const definition::Item& item, Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
