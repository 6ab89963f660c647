#pragma once

/// Who may write which field: resolves `from:` of an item's fields on the compiled net.

#include <vector>

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "net.hpp"

namespace workflow::process {

/// Returns the origin of each field, never `unsaid`. A field set by some outcome is computed unless
/// stated otherwise. All others belong to the applicant.
std::vector<definition::FieldOrigin> origins_of(const definition::Item& item);

/// Fills `TaskActivity::writes` and `Place::decision_ahead`. Reports origins that name nothing
/// (WF0440) and origins that an outcome's `sets` contradicts (WF0441).
void resolve_origins(const definition::Item& item, Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
