#pragma once

#include <filesystem>
#include <vector>

#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Reads the model in this file and, before it, those it imports: from the place an import names,
/// or else the file of the same folder that has the namespace. Nothing is fetched from elsewhere.
/// Empty when the file itself cannot be read.
std::vector<Model> read_models(const std::filesystem::path& file, Sources& sources,
                               DiagnosticSink& findings);

}  // namespace workflow::decision
