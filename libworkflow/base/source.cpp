#include "source.hpp"

#include <algorithm>
#include <utility>

namespace workflow::inline v0 {

namespace {

constexpr std::size_t stride = 1024;

bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::uint32_t characters_of(std::string_view text) {
    return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), begins_character));
}

}  // namespace

Source::Source(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
    starts_.push_back(0);
    std::uint32_t characters = 0;
    characters_.reserve(text_.size() / stride + 1);
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i % stride == 0) characters_.push_back(characters);
        if (begins_character(text_[i])) ++characters;
        if (text_[i] == '\n') starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
    if (text_.size() % stride == 0) characters_.push_back(characters);
}

std::uint32_t Source::characters_before(std::size_t byte) const {
    const std::size_t from = byte / stride * stride;
    return characters_[byte / stride] +
           characters_of(std::string_view(text_).substr(from, byte - from));
}

std::pair<std::uint32_t, std::uint32_t> Source::position(std::size_t byte) const {
    byte = std::min(byte, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), byte);
    const auto line = static_cast<std::uint32_t>(after - starts_.begin());
    return {line, characters_before(byte) - characters_before(starts_[line - 1]) + 1};
}

std::string_view Source::line(std::uint32_t line) const {
    if (line == 0 || line > starts_.size()) return {};
    const std::size_t begin = starts_[line - 1];
    std::size_t end = line < starts_.size() ? starts_[line] - 1 : text_.size();
    if (end > begin && text_[end - 1] == '\r') --end;
    return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t Sources::add(Source source) {
    texts_.push_back(std::move(source));
    return static_cast<std::uint32_t>(texts_.size() - 1);
}

Span Sources::span(Mark mark) const {
    if (mark.source >= texts_.size()) return {};
    const Source& source = texts_[mark.source];
    if (source.text().empty()) return {source.path(), 0, 0, 0, 0};
    const auto [line, column] = source.position(mark.begin);
    const auto [end_line, end_column] = source.position(std::max(mark.begin, mark.end));
    return {source.path(), line, column, end_line, end_column};
}

std::size_t first_invalid_utf8(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::size_t i = 0;
    while (i < text.size()) {
        const unsigned char lead = at(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        // Table 3-7 of the Unicode standard: the second byte reveals overlong forms, surrogates and
        // values beyond U+10FFFF.
        std::size_t length = 0;
        unsigned char low = 0x80, high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF)
            length = 2;
        else if (lead >= 0xE0 && lead <= 0xEF)
            length = 3;
        else if (lead >= 0xF0 && lead <= 0xF4)
            length = 4;
        else
            return i;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
        if (i + length > text.size() || at(i + 1) < low || at(i + 1) > high) return i;
        for (std::size_t k = 2; k < length; ++k) {
            if (at(i + k) < 0x80 || at(i + k) > 0xBF) return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

}  // namespace workflow::inline v0
