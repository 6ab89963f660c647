#pragma once

#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/null_flow.hpp"
#include "net.hpp"

namespace workflow::process {

/// By place: the fields that surely have a value when a token is there. A field has one from the
/// opening on when it is required or begins with one; else once an outcome sets it, or is taken
/// under a condition that only a value meets. (The definite assignment of compilers, on the net.)
std::vector<feel::Slots> fields_given(const Process& process);

/// Warns where a field that may have no value decides on the way of a case, or on whether a
/// material is asked for. The `when` of an outcome is passed over: it is refused to the officer,
/// who can give the value.
void check_null_flows(const Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
