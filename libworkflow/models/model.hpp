#pragma once

/// A process model of another tool, as the net whose soundness is checked.

#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "net.hpp"

namespace workflow::models {

struct ModelNode {
    std::string id, name;  ///< as given in the model
    Mark mark;
};

struct Model {
    std::string id;  ///< the id of the process, or of the collaboration
    Mark mark;
    Net net;
    std::vector<ModelNode> nodes;    ///< by NodeIndex
    std::vector<std::string> flows;  ///< by PlaceIndex: the name in the model
    /// True if a part of the model could not be converted; no verdict can be given then.
    bool partial = false;
};

/// Reads a BPMN 2.0 model. Returns a model for each of its processes, or one model for all if
/// messages flow between them. Converts tasks, events, gateways, sub-processes and attached events;
/// reports each element that cannot be converted. Ignores conditions: any branch may be taken.
/// (BPMN 2.0.2, chapters 10 and 13.)
std::vector<Model> read_bpmn(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings);

/// Reads nets in PNML (ISO/IEC 15909-2): places, transitions with weights and a marking. If no
/// place is marked, the place without incoming arcs is.
std::vector<Model> read_pnml(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings);

}  // namespace workflow::models
