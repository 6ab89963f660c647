#pragma once

#include <string>
#include <string_view>

namespace workflow::inline v0 {

/// Returns `text` as a terminal may show it. Line feeds and tabs stay. Each other control character
/// (C0, DEL, C1), each character that changes the direction of writing, and each invalid UTF-8 byte
/// becomes a space.
std::string printable(std::string_view text);

/// Returns the number of bytes at the end of `text` that start an incomplete character.
std::size_t incomplete_end(std::string_view text);

}  // namespace workflow::inline v0
