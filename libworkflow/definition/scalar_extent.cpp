#include "scalar_extent.hpp"

#include <algorithm>
#include <array>

namespace workflow::definition {

namespace {

constexpr std::string_view blanks = " \t\r\n";

bool blank(char c) {
    return blanks.find(c) != std::string_view::npos;
}

/// Returns the end of a plain scalar. It has no escapes, but may be folded over several lines:
/// spaces and line breaks count as equal.
std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) {
    if (text.substr(begin).starts_with(value)) return begin + value.size();
    std::size_t i = begin;
    for (std::size_t k = 0; k < value.size() && i < text.size();) {
        if (blank(value[k])) {
            while (k < value.size() && blank(value[k])) ++k;
            while (i < text.size() && blank(text[i])) ++i;
        } else if (value[k] == text[i]) {
            ++k;
            ++i;
        } else {
            break;
        }
    }
    return i;
}

std::size_t single_quoted_end(std::string_view text, std::size_t i) {
    for (; i < text.size(); ++i) {
        if (text[i] != '\'') continue;
        if (i + 1 == text.size() || text[i + 1] != '\'') break;
        ++i;
    }
    return std::min(i, text.size());
}

std::size_t double_quoted_end(std::string_view text, std::size_t i) {
    while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
    return std::min(i, text.size());
}

}  // namespace

Extent scalar_extent(std::string_view text, std::size_t begin, std::string_view value) {
    begin = std::min(begin, text.size());
    const char first = begin < text.size() ? text[begin] : '\0';
    if (first == '\'')
        return {ScalarStyle::single_quoted, begin + 1, single_quoted_end(text, begin + 1)};
    if (first == '"')
        return {ScalarStyle::double_quoted, begin + 1, double_quoted_end(text, begin + 1)};
    if (first == '|' || first == '>') {
        const std::size_t header = std::min(text.find('\n', begin), text.size());
        const std::size_t content = text.find_first_not_of(blanks, header);
        if (value.empty() || content == std::string_view::npos)
            return {ScalarStyle::block, begin, begin + 1};
        std::size_t end = std::min(text.find('\n', content), text.size());
        while (end > content && blank(text[end - 1])) --end;
        return {ScalarStyle::block, content, end};
    }
    return {ScalarStyle::plain, begin, plain_end(text, begin, value)};
}

std::string_view null_word(std::string_view text, std::size_t begin) {
    constexpr std::array<std::string_view, 4> words{"~", "null", "Null", "NULL"};
    if (begin >= text.size()) return {};
    const std::string_view rest = text.substr(begin);
    for (const std::string_view word : words) {
        if (!rest.starts_with(word)) continue;
        const std::size_t end = word.size();
        if (end == rest.size() || blank(rest[end]) ||
            std::string_view(",]}:").find(rest[end]) != std::string_view::npos) {
            return rest.substr(0, end);
        }
    }
    return {};
}

std::size_t skip_properties(std::string_view text, std::size_t begin) {
    std::size_t i = std::min(begin, text.size());
    while (i < text.size() && (text[i] == '!' || text[i] == '&')) {
        while (i < text.size() && !blank(text[i])) ++i;
        while (i < text.size() && blank(text[i])) ++i;
    }
    return i;
}

std::size_t flow_end(std::string_view text, std::size_t last, std::size_t begin) {
    if (begin >= text.size()) return last;
    const char closing = text[begin] == '{' ? '}' : ']';
    std::size_t i = std::max(last, begin + 1);
    while (i < text.size() && text[i] != closing) {
        if (text[i] == '#')
            i = std::min(text.find('\n', i), text.size());
        else
            ++i;
    }
    return std::min(i + 1, text.size());
}

}  // namespace workflow::definition
