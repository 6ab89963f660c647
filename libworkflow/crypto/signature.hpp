#pragma once

/// Ed25519 (RFC 8032) and base64 over OpenSSL. All functions are pure and thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace workflow::inline v0 {

/// Returns the private key made from 32 unpredictable bytes, as PEM (PKCS #8).
std::string private_key_pem(std::string_view seed);
/// Returns the 32 bytes of the public key. Throws std::runtime_error when `pem` is not an Ed25519
/// private key.
std::string public_key_of(const std::string& pem);
/// Returns 64 bytes. Throws std::runtime_error when `pem` is not an Ed25519 private key.
std::string sign(const std::string& pem, std::string_view message);
bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature);

std::string base64(std::string_view bytes);
/// Returns nullopt unless `text` is in the exact form that `base64` returns.
std::optional<std::string> parse_base64(std::string_view text);

}  // namespace workflow::inline v0
