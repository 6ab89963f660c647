#pragma once

/// A process model of another tool, as the net that is asked whether it is sound.

#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "net.hpp"

namespace workflow::models {

struct ModelNode {
    std::string id, name;  ///< as the model has them
    Mark mark;
};

struct Model {
    std::string id;  ///< of the process, or of the collaboration
    Mark mark;
    Net net;
    std::vector<ModelNode> nodes;    ///< by NodeIndex
    std::vector<std::string> flows;  ///< by PlaceIndex: what the model calls it
    /// Something in it could not be taken over: no verdict can be given.
    bool partial = false;
};

/// Reads a BPMN 2.0 model: a model for each of its processes, or one for all where messages flow
/// between them. Tasks, events, gateways, sub-processes and what is attached to them are taken
/// over; a finding names each element that cannot be. Conditions are not looked at: any branch may
/// be taken. (BPMN 2.0.2, chapters 10 and 13.)
std::vector<Model> read_bpmn(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings);

/// Reads nets in PNML (ISO/IEC 15909-2), places and transitions with weights and a marking. Where
/// no place is marked, the one that nothing fills is.
std::vector<Model> read_pnml(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings);

}  // namespace workflow::models
