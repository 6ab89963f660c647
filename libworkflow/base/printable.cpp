#include "printable.hpp"

#include <algorithm>

namespace workflow::inline v0 {

namespace {

unsigned char byte_of(char c) {
    return static_cast<unsigned char>(c);
}

/// Returns the length of a character with this first byte, or 0 if none starts with it.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

bool continues(unsigned char byte) {
    return (byte & 0xc0U) == 0x80U;
}

/// Returns whether the bytes, whose length matches the first one, are a character that may be
/// shown.
bool may_be_shown(std::string_view character) {
    const auto first = byte_of(character[0]);
    if (character.size() == 1)
        return first == '\n' || first == '\t' || (first >= 0x20 && first < 0x7f);
    if (!std::all_of(character.begin() + 1, character.end(),
                     [](char c) { return continues(byte_of(c)); }))
        return false;
    const auto second = byte_of(character[1]);
    if (character.size() == 2) return first != 0xc2 || second >= 0xa0;  // U+0080 to U+009F
    // An overlong form, a surrogate, or beyond U+10FFFF.
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90))
        return false;
    // U+202A to U+202E, U+2066 to U+2069.
    const auto third = byte_of(character[2]);
    return !(first == 0xe2 && ((second == 0x80 && third >= 0xaa && third <= 0xae) ||
                               (second == 0x81 && third >= 0xa6 && third <= 0xa9)));
}

}  // namespace

std::string printable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const auto length = std::min(length_of(byte_of(text[0])), text.size());
        const auto character = text.substr(0, std::max<std::size_t>(length, 1));
        const bool whole = length > 0 && length == length_of(byte_of(text[0]));
        if (whole && may_be_shown(character)) {
            clean += character;
            text.remove_prefix(character.size());
            continue;
        }
        clean += ' ';
        // A control character is replaced as a whole; of an invalid character, one byte.
        const bool control = whole && std::all_of(character.begin() + 1, character.end(),
                                                  [](char c) { return continues(byte_of(c)); });
        text.remove_prefix(control ? character.size() : 1);
    }
    return clean;
}

std::size_t incomplete_end(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = byte_of(text[text.size() - back]);
        if (continues(byte)) continue;
        return length_of(byte) > back ? back : 0;
    }
    return 0;
}

}  // namespace workflow::inline v0
