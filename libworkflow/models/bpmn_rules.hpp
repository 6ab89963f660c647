#pragma once

#include <pugixml.hpp>

#include "../base/diagnostics.hpp"
#include "../decision/xml_nodes.hpp"

namespace workflow::models {

/// Warns of each element of a BPMN 2.0 model that breaks a rule of the standard which its schema
/// cannot express: where flows may begin and end, which event may be used where, what a gateway
/// needs, what a reference must name. `definitions` is the root of the model. (BPMN 2.0.2;
/// according to the catalogue of Geiger and Wirtz, "BPMN 2.0 serialization: standard compliance
/// issues and evaluation of modeling tools", 2013.)
void check_bpmn_rules(pugi::xml_node definitions, const decision::XmlReading& in,
                      DiagnosticSink& findings);

}  // namespace workflow::models
