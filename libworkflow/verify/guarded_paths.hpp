#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// The ways that values lead along, as far as conditions compare fields with constants: tells
/// which branch, outcome or limit no values allow on any way that leads to it, and where a case of
/// certain values can come to from which no end can be reached. Conditions of which this cannot be
/// said may be true or false; with every act of an officer or the applicant, any field may get any
/// value. Where there are too many ways it says nothing. True where there is no error.
bool check_guarded_ways(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
