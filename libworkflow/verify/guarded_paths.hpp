#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Explores the paths that values allow, as far as conditions compare fields with constants.
/// Reports each branch, outcome or limit that no values allow on any path to it, and a step from
/// which a case with certain values cannot reach an end. Other conditions may be true or false. At
/// each activity of an officer or the applicant, the fields that have it as their origin may take
/// any value. Reports nothing if there are too many paths. Returns true if there is no error.
bool check_guarded_ways(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
