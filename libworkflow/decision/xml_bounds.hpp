#pragma once

/// Checks before parsing whether an XML text stays within the bounds of models.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace workflow::decision {

struct XmlExcess {
    std::size_t at = 0;     ///< the byte
    std::string_view kind;  ///< the name of the finding
    std::string message, hint;
};

/// Returns the first place at which `text` has a DOCTYPE, is nested too deeply or has too many
/// elements. The parser reports a text that is not XML. Reads the text once.
std::optional<XmlExcess> first_excess(std::string_view text);

}  // namespace workflow::decision
