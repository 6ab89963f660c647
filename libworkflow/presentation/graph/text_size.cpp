#include <string_view>

#include "layout.hpp"

namespace workflow::presentation {

namespace {

/// Returns the width of an ASCII character in ems: that of Arial or Noto Sans, whichever is wider.
double ascii_width(char c) {
    constexpr std::string_view narrow = "ijl.,:;'|!()[]ft r-I`";
    constexpr std::string_view wide = "mwMW@%";
    if (narrow.find(c) != std::string_view::npos) return 0.36;
    if (wide.find(c) != std::string_view::npos) return 0.94;
    if (c >= 'A' && c <= 'Z') return 0.71;
    return 0.58;
}

std::size_t bytes_of_character(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

}  // namespace

double text_width(std::string_view text, double size) {
    double ems = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = bytes_of_character(text[i]);
        ems += bytes == 1 ? ascii_width(text[i]) : bytes == 2 ? 0.62 : 1.0;
        i += bytes;
    }
    return ems * size;
}

std::vector<std::string> folded(std::string_view text, double size, double width) {
    std::vector<std::string> lines;
    std::string line;
    std::size_t blank = std::string::npos;  // where `line` may be broken
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = bytes_of_character(text[i]);
        const std::string_view piece = text.substr(i, bytes);
        if (!line.empty() && text_width(line + std::string(piece), size) > width) {
            if (blank != std::string::npos && piece != " ") {
                std::string rest = line.substr(blank + 1);
                lines.push_back(line.substr(0, blank));
                line = std::move(rest);
                blank = std::string::npos;
            } else if (piece == " " || bytes > 1 || text_width(line, size) > 1.4 * width) {
                // An opening bracket must not end a line, so it moves to the next one.
                std::string carried;
                for (const std::string_view bracket : {"（", "《", "“", "「"}) {
                    if (line.size() > bracket.size() && line.ends_with(bracket)) carried = bracket;
                }
                line.erase(line.size() - carried.size());
                lines.push_back(std::move(line));
                line = std::move(carried);
                blank = std::string::npos;
                if (piece == " ") {
                    ++i;
                    continue;
                }
            }
        }
        if (piece == " ") blank = line.size();
        line += piece;
        i += bytes;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    return lines;
}

std::vector<BoxLine> lines_of(const ChartNode& node) {
    std::vector<BoxLine> lines;
    const auto add = [&](std::string_view text, double size, bool strong, double width) {
        for (auto& line : folded(text, size, width))
            lines.push_back({std::move(line), size, strong});
    };
    // The words of a frame are on one line.
    const double most = node.kind == ChartNode::Kind::region ? 1e6 : 220;
    add(node.title.in("zh"), metrics::title, true, most);
    if (!node.title.en.empty() && !node.title.zh.empty() && node.title.en != node.title.zh) {
        add(node.title.en, metrics::text, false, most);
    }
    add(node.place, metrics::small, false, most);
    std::string limit = node.limit;
    if (!node.note.empty()) limit += (limit.empty() ? "" : " · ") + node.note;
    add(limit, metrics::small, false, most);
    add(node.standing, metrics::small, true, most);
    return lines;
}

}  // namespace workflow::presentation
