#include "text_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace workflow::inline v0 {

std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t most) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return read_text(file, most);
}

std::optional<std::string> read_text(std::istream& stream, std::size_t most) {
    std::string content;
    std::array<char, 16384> piece{};
    while (content.size() <= most && stream) {
        stream.read(piece.data(), static_cast<std::streamsize>(
                                      std::min(piece.size(), most + 1 - content.size())));
        content.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) return std::nullopt;
    return content;
}

std::string ending_of(const std::filesystem::path& path) {
    auto ending = path.extension().string();
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return ending;
}

}  // namespace workflow::inline v0
