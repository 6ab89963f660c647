#pragma once

/// SM2 signatures with SM3 (GB/T 32918.2, 32918.5, 32905) over OpenSSL, for users who must use the
/// national algorithms. The signer's identity is the standard `1234567812345678` (GM/T 0009). All
/// functions are thread-safe.

#include <string>
#include <string_view>

namespace workflow::inline v0 {

/// Returns a new private key as PEM (PKCS #8), from OpenSSL's random source.
std::string new_sm2_key();
/// Returns whether `pem` is an SM2 private key without a passphrase.
bool is_sm2_key(const std::string& pem);
/// Returns the 64 bytes x
///
/// y of the public key. Throws std::runtime_error when `pem` is not an SM2 key.
std::string sm2_public_key(const std::string& pem);
/// Returns the 64 bytes r
///
/// s. Throws std::runtime_error when `pem` is not an SM2 key.
std::string sm2_sign(const std::string& pem, std::string_view message);
bool is_sm2_signed(std::string_view public_key, std::string_view message,
                   std::string_view signature);

}  // namespace workflow::inline v0
