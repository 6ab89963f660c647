#pragma once

/// What is refused of a text before YAML is read from it.

#include <string_view>

#include "yaml_tree.hpp"

namespace workflow::definition {

/// Whether the text may be given to the YAML parser at all: its size, its characters, and amounts
/// of structure with which yaml-cpp would need too much time or memory. Adds findings when not.
bool check_text(std::string_view text, std::uint32_t source, DiagnosticSink& findings,
                const YamlLimits& limits);

/// The first byte and the length of a character that has no place in a definition (controls, what
/// turns the direction of writing), or npos. `text` is valid UTF-8.
std::pair<std::size_t, std::size_t> first_forbidden(std::string_view text);

}  // namespace workflow::definition
