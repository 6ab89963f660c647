#pragma once

#include <optional>

#include "../base/bounds.hpp"
#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// The maximum number of bytes of a model.
inline constexpr std::size_t largest_model = bounds::xml_bytes;

/// Reads a DMN model, versions 1.1 to 1.5, from text number `source`. Nothing outside the text is
/// read: a document type is refused. Diagrams and annotations are ignored. Returns no model if the
/// XML itself has an error; any other error leaves out the part that it affects.
std::optional<Model> read_xml(const Sources& sources, std::uint32_t source,
                              DiagnosticSink& findings);

}  // namespace workflow::decision
