#pragma once

#include <string>
#include <string_view>

namespace workflow::inline v0 {

/// Escapes a text for XML, SVG or HTML, between tags or in quotes. Control characters become
/// spaces: XML 1.0 allows none, not even escaped.
std::string xml_escaped(std::string_view text);
/// Reverses `xml_escaped`, except for control characters.
std::string xml_plain(std::string_view escaped);

}  // namespace workflow::inline v0
