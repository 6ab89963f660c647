#pragma once

/// FEEL text to tokens. Names are single words here; names of several words are put together by the
/// parser, which knows which names there are.

#include <cstdint>
#include <string_view>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

enum class TokenKind : std::uint8_t { number, string, at_string, name, symbol, end };

struct Token {
    TokenKind kind = TokenKind::end;
    std::uint32_t begin = 0, end = 0;
    std::string_view text;  ///< as written, quotes included
};

/// The tokens of `text`, closed by one of kind `end`. What cannot be read is a mistake and skipped.
std::vector<Token> tokenize(std::string_view text, std::vector<Mistake>& mistakes);

/// Can `c` stand in a name? Every byte of a character beyond ASCII can.
bool is_name_byte(char c);

/// The content of a string token: quotes off, escapes resolved (\" \' \\ \n \t \r \uXXXX \UXXXXXX).
/// Any other backslash stays.
std::string unquote(std::string_view literal);

}  // namespace workflow::feel
