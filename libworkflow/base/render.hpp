#pragma once

/// Renders a finding for people: position, message, the line with a caret under it, help.

#include <string>
#include <string_view>

#include <workflow/diagnostic.hpp>

namespace workflow::inline v0 {

/// Returns `error`, `warning` or `note`.
std::string_view word_of(Severity severity);

/// Returns several lines, each with a line break. `colour`: with terminal colours.
std::string render(const Diagnostic& finding, bool colour = false);

/// Returns the terminal columns that `text` (UTF-8) occupies. Chinese characters take two,
/// combining ones none.
std::size_t display_width(std::string_view text);

}  // namespace workflow::inline v0
