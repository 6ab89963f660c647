#pragma once

#include "../models/model.hpp"
#include "soundness.hpp"

namespace workflow::verify {

using models::Model;
using models::ModelNode;

/// Reports why `model` is not sound: each fault with the shortest path to it, in the elements of
/// the model. Reports nothing if it is sound. An undecided verdict is an error as well.
void report(const Model& model, const Soundness& verdict, DiagnosticSink& findings);

}  // namespace workflow::verify
