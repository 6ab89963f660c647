#pragma once

#include <string>
#include <string_view>

namespace workflow {

/// A text as it stands in XML, SVG or HTML, between tags or in quotes. Control characters become
/// blanks: XML 1.0 allows none, not even escaped.
std::string xml_escaped(std::string_view text);
/// The text that `xml_escaped` made this of, but for control characters.
std::string xml_plain(std::string_view escaped);

}  // namespace workflow
