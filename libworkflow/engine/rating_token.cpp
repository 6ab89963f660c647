#include <workflow/rating.hpp>

#include <fmt/format.h>

#include <string_view>

#include "../crypto/digest.hpp"

namespace workflow::inline v0 {

namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t token_letters = 16, group = 4;

std::string grouped(std::string_view plain) {
    std::string token;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i % group == 0) token += '-';
        token += plain[i];
    }
    return token;
}

}  // namespace

std::string rating_token(const Digest& secret, const CaseNumber& number, TaskNumber task) {
    const auto mac =
        hmac_sha256(secret, fmt::format("workflow rating 1 {}:{} {}", number.text.size(),
                                        number.text, static_cast<std::uint32_t>(task)));
    std::string plain;
    std::uint32_t bits = 0;
    int left = 0;
    for (std::size_t i = 0; plain.size() < token_letters; ++i) {
        bits = bits << 8 | mac.bytes[i];
        for (left += 8; left >= 5 && plain.size() < token_letters; left -= 5)
            plain += letters[bits >> (left - 5) & 31U];
    }
    return grouped(plain);
}

std::string tidied_token(const std::string& typed) {
    std::string plain;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        // Letters that are often written for similar digits.
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        plain += c;
    }
    return grouped(plain);
}

}  // namespace workflow::inline v0
