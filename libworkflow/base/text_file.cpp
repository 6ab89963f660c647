#include "text_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace workflow {

std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t most) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string content;
    std::array<char, 16384> piece{};
    while (content.size() <= most && file) {
        file.read(piece.data(),
                  static_cast<std::streamsize>(std::min(piece.size(), most + 1 - content.size())));
        content.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) return std::nullopt;
    return content;
}

}  // namespace workflow
