#pragma once

#include <filesystem>
#include <vector>

#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Reads the models that this file imports, and then the model in the file itself. An imported
/// model is read from the location that the import names, or else from the file in the same folder
/// that has the namespace. Nothing is fetched from elsewhere. Returns an empty list if the file
/// itself cannot be read.
std::vector<Model> read_models(const std::filesystem::path& file, Sources& sources,
                               DiagnosticSink& findings);

}  // namespace workflow::decision
