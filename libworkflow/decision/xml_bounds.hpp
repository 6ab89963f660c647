#pragma once

/// Whether an XML text stays within the bounds of models, found before it is parsed.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace workflow::decision {

struct XmlExcess {
    std::size_t at = 0;     ///< byte
    std::string_view kind;  ///< of the finding
    std::string message, hint;
};

/// The first place at which `text` has a DOCTYPE, is nested too deep or has too many elements. What
/// is no XML is for the parser to tell. Goes through the text once.
std::optional<XmlExcess> first_excess(std::string_view text);

}  // namespace workflow::decision
