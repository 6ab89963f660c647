#pragma once

/// Public keys for signatures, Ed25519 (RFC 8032) or SM2 with SM3 (GB/T 32918.2), by name, in the
/// form of C2SP's signed-note. All functions are pure and thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace workflow {

/// A label for the algorithm (01: Ed25519; ff and `sm2`: SM2), then the key: 32 bytes, or x and y
/// of 32 bytes each.
struct PublicKey {
    std::string name, key;
    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// `name+hash+base64`, the form in which a public key is handed on; nothing when it is none.
std::optional<PublicKey> read_public_key(std::string_view text);
std::string text_of(const PublicKey& key);
/// Tells keys of one name apart. Not a protection.
inline constexpr std::size_t key_id_size = 4;
std::string key_id(const PublicKey& key);
/// Whether `name` can be a key's: not empty, no blanks, no control characters, no `+`.
bool is_key_name(std::string_view name);
/// A label that is known, and a key as long as it must be.
bool is_labelled_key(std::string_view key);
/// Whether the labelled key has signed `message`.
bool is_signed_by(std::string_view key, std::string_view message, std::string_view signature);

}  // namespace workflow
