#pragma once

/// Vocabulary: how personal data are stored outside the trail, so that they can be erased.

#include <cstdint>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The cipher for personal data. Encrypted data name their cipher, so a store may contain both.
enum class Cipher : std::uint8_t {
    aes_256_gcm,      ///< NIST SP 800-38D
    sm4_ctr_hmac_sm3  ///< GB/T 32907 in counter mode, then an HMAC by GB/T 32905 over it
};

/// The key with which a store encrypts the keys of persons. With this key and the store, everything
/// can be read; with the store alone, no personal data. Keep it with somebody other than the
/// keepers of the database and its copies.
struct VaultKey {
    Cipher cipher = Cipher::aes_256_gcm;  ///< for newly encrypted data
    Digest secret;                        ///< 32 bytes from a cryptographic source
};

}  // namespace workflow::inline v0
