#include "text_checks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::definition {

namespace {

bool forbidden(char32_t point) {
    if (point < 0x20) return point != '\t' && point != '\n' && point != '\r';
    if (point < 0x7F) return false;
    return point <= 0x9F  // DEL and C1 controls; NEL would be a line break in YAML
           || point == 0x061C || point == 0x200E || point == 0x200F  // direction marks
           || (point >= 0x2028 && point <= 0x202E)  // line separators, embeddings and overrides
           || (point >= 0x2066 && point <= 0x2069)  // isolates
           || point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

Mark at(std::uint32_t source, std::size_t begin, std::size_t length) {
    return {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
}

char32_t decode(std::string_view character) {
    char32_t point = static_cast<unsigned char>(character[0]);
    if (character.size() > 1) {
        point &= 0xFFU >> (character.size() + 1);
        for (const char byte : character.substr(1))
            point = point << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
    }
    return point;
}

}  // namespace

std::pair<std::size_t, std::size_t> first_forbidden(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (forbidden(decode(text.substr(i, length)))) return {i, length};
        // A carriage return alone would be a line break in YAML but not in an editor.
        if (lead == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) return {i, 1};
        i += length;
    }
    return {std::string_view::npos, 0};
}

bool check_text(std::string_view text, std::uint32_t source, DiagnosticSink& findings,
                const YamlLimits& limits) {
    if (text.size() > limits.bytes) {
        findings.add("too-large", at(source, 0, 0),
                     fmt::format("the text is larger than the maximum of {} bytes", limits.bytes),
                     "split it: one definition per file");
        return false;
    }
    if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        findings.add(
            "not-utf8", at(source, bad, 1),
            fmt::format("byte {:#04x} is not valid UTF-8", static_cast<unsigned char>(text[bad])),
            "save the file as UTF-8");
        return false;
    }
    const std::string_view mark = "\xEF\xBB\xBF";
    const std::size_t begin = text.starts_with(mark) ? mark.size() : 0;
    if (const auto [bad, length] = first_forbidden(text.substr(begin));
        bad != std::string_view::npos) {
        const char32_t point = decode(text.substr(begin + bad, length));
        findings.add("forbidden-character", at(source, begin + bad, length),
                     fmt::format("the character U+{:04X} is not allowed in a definition",
                                 static_cast<unsigned>(point)),
                     "delete it; most editors do not show it");
        return false;
    }
    for (std::size_t line = begin; line != std::string_view::npos && line < text.size();) {
        if (text[line] == '%') {
            findings.add("directive",
                         at(source, line, std::min(text.find('\n', line), text.size()) - line),
                         "YAML directives are not part of the language", "delete the line");
            return false;
        }
        line = text.find('\n', line);
        if (line != std::string_view::npos) ++line;
    }
    // yaml-cpp stores every token of an open flow collection before it reports the first one.
    std::size_t structure = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '[' && c != '{' && c != ',') continue;
        if (++structure > 3 * limits.nodes) {
            findings.add("too-many-nodes", at(source, i, 1),
                         fmt::format("the text has more than {} values", limits.nodes),
                         "split it: one definition per file");
            return false;
        }
    }
    return true;
}

}  // namespace workflow::definition
