#pragma once

/// Converts FEEL text to tokens. Names are single words here. The parser, which knows the declared
/// names, combines the words of a longer name.

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

/// Returns the tokens of `text`, followed by one of kind `end`. Reports text that cannot be read as
/// a mistake and skips it.
std::vector<Token> tokenize(std::string_view text, std::vector<Mistake>& mistakes);

/// Returns whether `c` may be part of a name. Every byte of a character beyond ASCII may.
bool is_name_byte(char c);

/// Returns the content of a string token: without quotes, with escapes resolved (\" \' \\ \n \t \r
/// \uXXXX \UXXXXXX). Any other backslash is kept.
std::string unquote(std::string_view literal);

}  // namespace workflow::feel
