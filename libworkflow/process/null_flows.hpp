#pragma once

#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/null_flow.hpp"
#include "net.hpp"

namespace workflow::process {

/// Returns, by place, the fields that certainly have a value when a token is there. A field has a
/// value from the opening on when it is required or has an initial value, otherwise once an outcome
/// sets it or is taken under a condition that only a value satisfies. (Definite assignment, as in
/// compilers, on the net.)
std::vector<feel::Slots> fields_given(const Process& process);

/// Warns where a field that may have no value decides the path of a case, or whether a material is
/// required. Ignores the `when` of an outcome: it is refused to the officer, who can supply the
/// value.
void check_null_flows(const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
