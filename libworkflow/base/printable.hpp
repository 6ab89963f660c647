#pragma once

#include <string>
#include <string_view>

namespace workflow {

/// Returns `text` as a terminal may show it. Line feeds and tabs stay; each other control
/// character (C0, DEL, C1), each character that turns the direction of writing, and each byte that
/// is not UTF-8 becomes a blank.
std::string printable(std::string_view text);

/// Returns how many bytes at the end of `text` begin a character that is not complete yet.
std::size_t incomplete_end(std::string_view text);

}  // namespace workflow
