#pragma once

/// A finding as a person reads it: position, message, the line with a caret under it, help.

#include <string>
#include <string_view>

#include <workflow/diagnostic.hpp>

namespace workflow {

/// `error`, `warning`, `note`.
std::string_view word_of(Severity severity);

/// Several lines, each ended by a line break. `colour`: with terminal colours.
std::string render(const Diagnostic& finding, bool colour = false);

/// Columns of a terminal that `text` (UTF-8) takes: Chinese characters take two, combining ones
/// none.
std::size_t display_width(std::string_view text);

}  // namespace workflow
