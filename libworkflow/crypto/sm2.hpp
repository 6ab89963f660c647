#pragma once

/// SM2 signatures with SM3 (GB/T 32918.2, 32918.5, 32905) over OpenSSL, for those who must use the
/// country's own algorithms. The signer's identity is the usual `1234567812345678` (GM/T 0009).
/// All functions are thread-safe.

#include <string>
#include <string_view>

namespace workflow {

/// A new private key as PEM (PKCS #8), by OpenSSL's own random source.
std::string new_sm2_key();
/// Is it an SM2 private key in PEM without a passphrase?
bool is_sm2_key(const std::string& pem);
/// The 64 bytes x || y of the public key. Throws std::runtime_error when `pem` is no SM2 key.
std::string sm2_public_key(const std::string& pem);
/// The 64 bytes r || s. Throws std::runtime_error when `pem` is no SM2 key.
std::string sm2_sign(const std::string& pem, std::string_view message);
bool is_sm2_signed(std::string_view public_key, std::string_view message,
                   std::string_view signature);

}  // namespace workflow
