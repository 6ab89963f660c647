#pragma once

#include "../base/diagnostics.hpp"

namespace workflow::verify {

/// Warns of each element of a BPMN 2.0 model that breaks a rule of the standard that its schema
/// cannot state: where flows may begin and end, which event may stand where, what a gateway needs,
/// what a reference must name. A text that is no model gets no finding here. (BPMN 2.0.2; after the
/// catalogue of Geiger and Wirtz, "BPMN 2.0 serialization: standard compliance issues and
/// evaluation of modeling tools", 2013.)
void check_bpmn_rules(const Sources& sources, std::uint32_t source, Findings& findings);

}  // namespace workflow::verify
