#pragma once

#include "../models/model.hpp"
#include "soundness.hpp"

namespace workflow::verify {

using models::Model;
using models::ModelNode;

/// Tells what keeps `model` from being sound, each fault with the shortest way to it in the model's
/// own elements; nothing when it is sound. What was not decided is an error too.
void report(const Model& model, const Soundness& verdict, DiagnosticSink& findings);

}  // namespace workflow::verify
