#include "yaml_messages.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace workflow::definition {

namespace {

struct Wording {
    std::string_view reason, message, hint;
};

// The errors that an author may cause. Other errors are shown in the words of yaml-cpp.
constexpr std::array wordings{
    Wording{"end of map not found", "a key of this mapping is not at the mapping's indentation",
            "begin all keys of a mapping in the same column; a text with `: ` or ` #` in it needs "
            "quotes"},
    Wording{"end of sequence not found", "an entry of this list is not at the list's indentation",
            "put all dashes of a list in the same column"},
    Wording{"end of map flow not found", "a mapping in braces cannot continue here",
            "close it with `}`, and put a comma between its entries"},
    Wording{"end of sequence flow not found", "a list in brackets cannot continue here",
            "close it with `]`, and put a comma between its entries"},
    Wording{"illegal map value", "a colon followed by a space is not allowed here",
            "put a text with `: ` in it in quotes; begin a nested mapping on its own line"},
    Wording{"illegal map key", "a key is not allowed here",
            "put a text with `: ` or `? ` in it in quotes"},
    Wording{"illegal block entry", "the dash of a list is not allowed here",
            "begin a list on its own line, or write it in brackets"},
    Wording{"illegal flow end", "this bracket closes nothing",
            "delete it, or put the text in quotes"},
    Wording{"illegal EOF in scalar", "a quoted text is not closed", "add the closing quote"},
    Wording{"illegal document indicator in scalar", "a quoted text contains `---` or `...`", ""},
    Wording{"unknown token", "this character cannot begin a value",
            "put a text that begins with one of @ ` % * & ! | > in quotes"},
    Wording{"unknown escape character: ", "this escape is not known",
            "inside double quotes write \\\\ for a backslash, or use single quotes"},
    Wording{"illegal tab when looking for indentation", "a tab is used where spaces are required",
            "indent with spaces"},
    Wording{"the referenced anchor is not defined",
            "YAML anchors and aliases are not part of the language",
            "put a text that begins with `*` in quotes"},
    Wording{"alias not found after *", "YAML anchors and aliases are not part of the language",
            "put a text that begins with `*` in quotes"},
    Wording{"anchor not found after &", "YAML anchors and aliases are not part of the language",
            "put a text that begins with `&` in quotes"},
    Wording{"tag handle with no suffix", "YAML tags are not part of the language",
            "put a text that begins with `!` in quotes"},
    Wording{"bad file", "this is nested too deep", ""},
};

/// Returns the position of a tab in the indentation of the line of `position` or of the line
/// before: yaml-cpp often detects the error only on the next line.
std::size_t tab_nearby(std::string_view text, std::size_t position) {
    std::size_t line = position == 0 ? std::string_view::npos : text.rfind('\n', position - 1);
    line = line == std::string_view::npos ? 0 : line + 1;
    for (int back = 0; back < 2; ++back) {
        for (std::size_t i = line; i < text.size() && (text[i] == ' ' || text[i] == '\t'); ++i) {
            if (text[i] == '\t') return i;
        }
        if (line < 2) break;
        const std::size_t before = text.rfind('\n', line - 2);
        line = before == std::string_view::npos ? 0 : before + 1;
    }
    return std::string_view::npos;
}

/// Returns the last bracket or brace that is open at the end of the text, or npos. Ignores quotes,
/// so brackets in a quoted text may hide it.
std::size_t unclosed(std::string_view text) {
    std::size_t closed = 0;
    for (std::size_t i = text.size(); i-- > 0;) {
        if (text[i] == ']' || text[i] == '}') ++closed;
        if ((text[i] == '[' || text[i] == '{') && closed-- == 0) return i;
    }
    return std::string_view::npos;
}

}  // namespace

SyntaxMessage syntax_message(std::string_view text, std::size_t position, std::string_view reason) {
    position = std::min(position, text.size());
    if (const std::size_t tab = tab_nearby(text, position); tab != std::string_view::npos) {
        return {tab, tab + 1, "the indentation contains a tab",
                "indent with spaces: YAML does not allow tabs there"};
    }
    // The position after the text is on no line; its last character is.
    const auto blank = [&](std::size_t i) {
        return std::string_view(" \t\r\n").find(text[i]) != std::string_view::npos;
    };
    const bool at_end = text.find_first_not_of(" \t\r\n", position) == std::string_view::npos;
    std::size_t begin = position;
    while (begin > 0 && (begin == text.size() || blank(begin))) --begin;
    std::size_t end = begin;
    do ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
    while (begin > 0 && begin < text.size() &&
           (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
        --begin;
    if (reason.ends_with("flow not found") && at_end) {
        if (const std::size_t open = unclosed(text); open != std::string_view::npos) {
            return {open, open + 1, fmt::format("this `{}` is not closed", text[open]),
                    "add the closing bracket"};
        }
    }
    for (const Wording& wording : wordings) {
        if (reason.starts_with(wording.reason)) {
            return {begin, end, std::string(wording.message), std::string(wording.hint)};
        }
    }
    return {begin, end, fmt::format("this is not YAML: {}", reason), ""};
}

}  // namespace workflow::definition
