#pragma once

/// Named public keys for signatures, Ed25519 (RFC 8032) or SM2 with SM3 (GB/T 32918.2), in the form
/// of C2SP's signed-note. All functions are pure and thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace workflow::inline v0 {

/// An algorithm label (01: Ed25519; ff and `sm2`: SM2), then the key: 32 bytes, or x and y of 32
/// bytes each.
struct PublicKey {
    std::string name, key;
    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// Parses a public key in its distribution form `name+hash+base64`. Returns nullopt when it is not
/// one.
std::optional<PublicKey> read_public_key(std::string_view text);
std::string text_of(const PublicKey& key);
/// Distinguishes keys of one name. Not a protection.
inline constexpr std::size_t key_id_size = 4;
std::string key_id(const PublicKey& key);
/// Returns whether `name` is a valid key name: not empty, no spaces, no control characters, no `+`.
bool is_key_name(std::string_view name);
/// Returns whether the label is known and the key has the required length.
bool is_labelled_key(std::string_view key);
/// Returns whether `signature` over `message` verifies with the labelled key.
bool is_signed_by(std::string_view key, std::string_view message, std::string_view signature);

}  // namespace workflow::inline v0
