#include "render.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "printable.hpp"

namespace workflow::inline v0 {

namespace {

struct Block {
    char32_t first, last;
};

// East Asian Width W and F (Unicode 15, UAX 11). Ranges separated only by unassigned points are
// merged.
constexpr std::array wide{
    Block{0x1100, 0x115F},   Block{0x231A, 0x231B},   Block{0x2329, 0x232A},
    Block{0x23E9, 0x23EC},   Block{0x25FD, 0x25FE},   Block{0x2614, 0x2615},
    Block{0x2648, 0x2653},   Block{0x26A1, 0x26A1},   Block{0x26D4, 0x26D4},
    Block{0x2705, 0x2705},   Block{0x274C, 0x274C},   Block{0x2753, 0x2755},
    Block{0x2757, 0x2757},   Block{0x2795, 0x2797},   Block{0x2B1B, 0x2B1C},
    Block{0x2B50, 0x2B50},   Block{0x2E80, 0x303E},   Block{0x3041, 0x33FF},
    Block{0x3400, 0x4DBF},   Block{0x4E00, 0xA4CF},   Block{0xA960, 0xA97C},
    Block{0xAC00, 0xD7A3},   Block{0xF900, 0xFAFF},   Block{0xFE10, 0xFE19},
    Block{0xFE30, 0xFE6B},   Block{0xFF01, 0xFF60},   Block{0xFFE0, 0xFFE6},
    Block{0x16FE0, 0x18CFF}, Block{0x1B000, 0x1B2FF}, Block{0x1F004, 0x1F004},
    Block{0x1F0CF, 0x1F0CF}, Block{0x1F18E, 0x1F18E}, Block{0x1F191, 0x1F19A},
    Block{0x1F200, 0x1F320}, Block{0x1F32D, 0x1F64F}, Block{0x1F680, 0x1F6FC},
    Block{0x1F7E0, 0x1F7EB}, Block{0x1F90C, 0x1FAFF}, Block{0x20000, 0x3FFFD},
};
constexpr std::array zero{Block{0x0300, 0x036F}, Block{0x200B, 0x200F}, Block{0x20D0, 0x20F0},
                          Block{0xFE00, 0xFE0F}, Block{0xFE20, 0xFE2F}, Block{0xE0100, 0xE01EF}};

template <std::size_t N>
bool within(const std::array<Block, N>& blocks, char32_t point) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
        return point >= block.first && point <= block.last;
    });
}

std::size_t width_of(char32_t point) {
    if (point < 0x300) return 1;
    if (within(zero, point)) return 0;
    return within(wide, point) ? 2 : 1;
}

/// Returns the byte length of the first `characters` characters.
std::size_t bytes_of(std::string_view text, std::size_t characters) {
    std::size_t i = 0;
    while (i < text.size() && characters > 0) {
        ++i;
        while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) ++i;
        --characters;
    }
    return i;
}

std::string place(const Span& span) {
    if (span.line == 0) return printable(span.file);
    return fmt::format("{}:{}:{}", printable(span.file), span.line, span.column);
}

/// Returns the padding before the caret. Tabs stay tabs, so that the caret is aligned for any tab
/// width.
std::string padding(std::string_view before) {
    std::string blanks;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= before.size(); ++i) {
        if (i < before.size() && before[i] != '\t') continue;
        blanks.append(display_width(before.substr(from, i - from)), ' ');
        if (i < before.size()) blanks += '\t';
        from = i + 1;
    }
    return blanks;
}

}  // namespace

std::string_view word_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "";
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = bytes_of(text.substr(i), 1);
        char32_t point = static_cast<unsigned char>(text[i]);
        if (length > 1) {
            point &= 0xFFU >> (length + 1);
            for (std::size_t k = 1; k < length; ++k)
                point = point << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        width += width_of(point);
        i += length;
    }
    return width;
}

std::string render(const Diagnostic& finding, bool colour) {
    const std::string_view hue = finding.severity == Severity::error     ? "\033[1;31m"
                                 : finding.severity == Severity::warning ? "\033[1;33m"
                                                                         : "\033[1;36m";
    const std::string_view on = colour ? hue : "", bold = colour ? "\033[1m" : "",
                           off = colour ? "\033[0m" : "";
    std::string text;
    if (!finding.span.file.empty()) text += fmt::format("{}{}:{} ", bold, place(finding.span), off);
    text += fmt::format("{}{}[{}]:{} {}{}{}\n", on, word_of(finding.severity), finding.code, off,
                        bold, printable(finding.message), off);
    if (!finding.source_line.empty() && finding.span.line > 0) {
        const std::string_view line = finding.source_line;
        const std::string number = std::to_string(finding.span.line);
        const std::size_t begin = bytes_of(line, finding.span.column - 1);
        std::size_t end = line.size();
        if (finding.span.end_line == finding.span.line)
            end = bytes_of(line, finding.span.end_column - 1);
        const std::size_t carets = std::max<std::size_t>(
            1, end > begin ? display_width(line.substr(begin, end - begin)) : 0);
        text += fmt::format("  {} | {}\n", number, printable(line));
        text += fmt::format("  {:{}} | {}{}{}{}\n", "", number.size(),
                            padding(line.substr(0, begin)), on, std::string(carets, '^'), off);
    }
    for (const RelatedSpan& other : finding.related) {
        text += fmt::format("  note: {}: {}\n", place(other.span), printable(other.message));
    }
    if (!finding.hint.empty()) text += fmt::format("  help: {}\n", printable(finding.hint));
    return text;
}

}  // namespace workflow::inline v0
