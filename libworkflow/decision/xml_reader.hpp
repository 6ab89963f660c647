#pragma once

#include <optional>

#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Bytes of a model that are read.
inline constexpr std::size_t largest_model = 16U << 20U;

/// Reads a DMN model, versions 1.1 to 1.5, from text number `source`. Nothing outside of the text
/// is read: document types and entities other than XML's own five are not followed. Diagrams and
/// annotations are passed over. On an error in the XML itself there is no model; any other leaves
/// the part out that it is about.
std::optional<Model> read_xml(const Sources& sources, std::uint32_t source, Findings& findings);

}  // namespace workflow::decision
