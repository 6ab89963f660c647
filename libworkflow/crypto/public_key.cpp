#include "public_key.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "digest.hpp"
#include "signature.hpp"
#include "sm2.hpp"

namespace workflow::inline v0 {
namespace {

constexpr std::string_view ed25519 = "\1";
constexpr std::string_view sm2 = "\xffsm2";

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

}  // namespace

std::string key_id(const PublicKey& key) {
    return std::string(view(sha256(key.name + '\n' + key.key)).substr(0, key_id_size));
}

bool is_key_name(std::string_view name) {
    // Unicode spaces in UTF-8: U+00A0, U+2000 to U+200A, U+2028, U+2029, U+202F, U+3000.
    for (const std::string_view wide : {"\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                        "\xe3\x80\x80", "\xe2\x81\x9f", "\xe1\x9a\x80"})
        if (name.find(wide) != std::string_view::npos) return false;
    for (auto at = name.find("\xe2\x80"); at != std::string_view::npos && at + 2 < name.size();
         at = name.find("\xe2\x80", at + 1))
        if (static_cast<unsigned char>(name[at + 2]) <= 0x8a) return false;
    return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
        return c <= ' ' || c == '+' || c == 0x7f;
    });
}

std::optional<PublicKey> read_public_key(std::string_view text) {
    while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' '))
        text.remove_suffix(1);
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return {};
    PublicKey key;
    key.name = text.substr(0, first);
    if (auto bytes = parse_base64(text.substr(second + 1))) key.key = std::move(*bytes);
    if (!is_key_name(key.name) || !is_labelled_key(key.key) ||
        text.substr(first + 1, second - first - 1) != hex_of(key_id(key)))
        return {};
    return key;
}

std::string text_of(const PublicKey& key) {
    return fmt::format("{}+{}+{}", key.name, hex_of(key_id(key)), base64(key.key));
}

bool is_labelled_key(std::string_view key) {
    return (key.starts_with(ed25519) && key.size() == ed25519.size() + 32) ||
           (key.starts_with(sm2) && key.size() == sm2.size() + 64);
}

bool is_signed_by(std::string_view key, std::string_view message, std::string_view signature) {
    if (key.starts_with(ed25519)) return is_signed(key.substr(ed25519.size()), message, signature);
    return key.starts_with(sm2) && is_sm2_signed(key.substr(sm2.size()), message, signature);
}

}  // namespace workflow::inline v0
