#pragma once

/// Converts the errors that yaml-cpp reports about a text into messages that help its author.

#include <cstddef>
#include <string>
#include <string_view>

namespace workflow::definition {

struct SyntaxMessage {
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    std::string message, hint;
};

/// Returns the message for an error. `position`: where yaml-cpp stopped; `reason`: its message.
SyntaxMessage syntax_message(std::string_view text, std::size_t position, std::string_view reason);

}  // namespace workflow::definition
