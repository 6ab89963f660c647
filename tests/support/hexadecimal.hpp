#pragma once

/// Bytes as standards print them.

#include <string>
#include <string_view>

namespace workflow::testing {

inline std::string bytes(std::string_view hexadecimal) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        out += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
    return out;
}

}  // namespace workflow::testing
