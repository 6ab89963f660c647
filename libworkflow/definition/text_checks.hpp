#pragma once

/// Checks of a text before YAML is read from it.

#include <string_view>

#include "yaml_tree.hpp"

namespace workflow::definition {

/// Returns whether the text may be passed to the YAML parser: checks its size, its characters and
/// amounts of structure for which yaml-cpp would need too much time or memory. Reports findings if
/// not.
bool check_text(std::string_view text, std::uint32_t source, DiagnosticSink& findings,
                const YamlLimits& limits);

/// Returns the first byte and the length of a character that is not allowed in a definition
/// (control characters and characters that change the direction of writing), or npos. `text` must
/// be valid UTF-8.
std::pair<std::size_t, std::size_t> first_forbidden(std::string_view text);

}  // namespace workflow::definition
