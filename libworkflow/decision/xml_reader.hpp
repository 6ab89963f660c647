#pragma once

#include <optional>

#include "../base/bounds.hpp"
#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Bytes of a model that are read.
inline constexpr std::size_t largest_model = bounds::xml_bytes;

/// Reads a DMN model, versions 1.1 to 1.5, from text number `source`. Nothing outside of the text
/// is read: a document type is refused. Diagrams and
/// annotations are passed over. On an error in the XML itself there is no model; any other leaves
/// the part out that it is about.
std::optional<Model> read_xml(const Sources& sources, std::uint32_t source,
                              DiagnosticSink& findings);

}  // namespace workflow::decision
