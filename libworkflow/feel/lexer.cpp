#include "lexer.hpp"

#include <array>

namespace workflow::feel {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

/// Reads `digits` hexadecimal digits at `text[at]`; returns no value if there are fewer.
std::optional<std::uint32_t> hex_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return {};
    std::uint32_t code = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        const char c = text[i];
        const int value = is_digit(c)            ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (value < 0) return {};
        code = code * 16 + static_cast<std::uint32_t>(value);
    }
    return code;
}

class Lexer {
public:
    Lexer(std::string_view text, std::vector<Mistake>& mistakes)
        : text_(text), mistakes_(mistakes) {}

    std::vector<Token> run() {
        while (skip_blanks()) {
            const char c = text_[at_];
            const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
            if (is_digit(c) || (c == '.' && is_digit(next)))
                number();
            else if (c == '"')
                string(TokenKind::string, at_);
            else if (c == '@' && next == '"')
                string(TokenKind::at_string, at_++);
            else if (is_name_byte(c))
                name();
            else
                symbol();
        }
        tokens_.push_back({TokenKind::end, position(at_), position(at_), {}});
        return std::move(tokens_);
    }

private:
    static std::uint32_t position(std::size_t at) { return static_cast<std::uint32_t>(at); }

    void add(TokenKind kind, std::size_t begin) {
        tokens_.push_back({kind, position(begin), position(at_), text_.substr(begin, at_ - begin)});
    }
    void mistake(std::size_t begin, std::string message, std::string hint = {}) {
        mistakes_.push_back({Mistake::Kind::syntax, position(begin), position(at_),
                             std::move(message), std::move(hint)});
    }

    /// Skips spaces and comments; returns false at the end.
    bool skip_blanks() {
        while (at_ < text_.size()) {
            const auto rest = text_.substr(at_);
            if (std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos) {
                ++at_;
            } else if (rest.starts_with("//")) {
                const auto end = text_.find('\n', at_);
                at_ = end == std::string_view::npos ? text_.size() : end;
            } else if (rest.starts_with("/*")) {
                const auto end = text_.find("*/", at_ + 2);
                at_ = end == std::string_view::npos ? text_.size() : end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    void number() {
        const auto begin = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        // `1..5` is a range: its dots do not belong to the number.
        if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
            ++at_;
            while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            auto end = at_ + 1;
            if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
            if (end < text_.size() && is_digit(text_[end])) {
                at_ = end;
                while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
            }
        }
        add(TokenKind::number, begin);
    }

    void string(TokenKind kind, std::size_t begin) {
        ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        if (at_ >= text_.size()) {
            at_ = text_.size();
            mistake(begin, "the text is not closed", "add a \" at its end");
            return;
        }
        ++at_;
        add(kind, begin);
    }

    void name() {
        const auto begin = at_;
        while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
        add(TokenKind::name, begin);
    }

    void symbol() {
        static constexpr std::array<std::string_view, 28> symbols{
            "**", "..", "!=", "<=", ">=", "->", "+", "-", "*", "/", "(", ")", "[", "]",
            "{",  "}",  ",",  ":",  ".",  "=",  "<", ">", "?", "|", "&", ";", "!", "'"};
        const auto begin = at_;
        for (const auto symbol : symbols)
            if (text_.substr(at_).starts_with(symbol)) {
                at_ += symbol.size();
                if (text_.substr(at_).starts_with("=") && symbol == "=") {
                    ++at_;
                    mistake(begin, "`==` is not a FEEL operator", "write a single = to compare");
                    at_ -= 1;
                    add(TokenKind::symbol, begin);
                    ++at_;
                    return;
                }
                add(TokenKind::symbol, begin);
                return;
            }
        ++at_;
        mistake(begin, "this character has no meaning here");
    }

    std::string_view text_;
    std::vector<Mistake>& mistakes_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Token> tokenize(std::string_view text, std::vector<Mistake>& mistakes) {
    return Lexer(text, mistakes).run();
}

std::string unquote(std::string_view literal) {
    literal.remove_prefix(literal.find('"') + 1);
    literal.remove_suffix(1);
    std::string out;
    out.reserve(literal.size());
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] != '\\' || i + 1 == literal.size()) {
            out += literal[i];
            continue;
        }
        const char escape = literal[++i];
        if (escape == 'n' || escape == 't' || escape == 'r') {
            out += escape == 'n' ? '\n' : escape == 't' ? '\t' : '\r';
        } else if (escape == 'u' || escape == 'U') {
            const std::size_t digits = escape == 'u' ? 4 : 6;
            auto code = hex_at(literal, i + 1, digits);
            if (!code || *code > 0x10FFFF) {
                out += '\\';
                out += escape;
                continue;
            }
            i += digits;
            // The two halves of a UTF-16 pair are one character.
            if (*code >= 0xD800 && *code < 0xDC00 && literal.substr(i + 1).starts_with("\\u"))
                if (const auto low = hex_at(literal, i + 3, 4);
                    low && *low >= 0xDC00 && *low < 0xE000) {
                    code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
                    i += 6;
                }
            append_utf8(out, *code >= 0xD800 && *code < 0xE000 ? 0xFFFD : *code);
        } else {
            // `\d` in a pattern is not an escape of a string: it is kept.
            if (escape != '"' && escape != '\\' && escape != '\'') out += '\\';
            out += escape;
        }
    }
    return out;
}

}  // namespace workflow::feel
