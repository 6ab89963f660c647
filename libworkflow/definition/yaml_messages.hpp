#pragma once

/// What yaml-cpp says about a broken text, in words that help its author.

#include <cstddef>
#include <string>
#include <string_view>

namespace workflow::definition {

struct SyntaxMessage {
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    std::string message, hint;
};

/// `position`: where yaml-cpp stopped; `reason`: its own words.
SyntaxMessage syntax_message(std::string_view text, std::size_t position, std::string_view reason);

}  // namespace workflow::definition
