#pragma once

/// Vocabulary: how personal data are kept apart from the trail, so that they can be erased.

#include <cstdint>

#include <workflow/values.hpp>

namespace workflow {

/// How personal data are encrypted. What is encrypted says how it was, so a store may have both.
enum class Cipher : std::uint8_t {
    aes_256_gcm,      ///< NIST SP 800-38D
    sm4_ctr_hmac_sm3  ///< GB/T 32907 in counter mode, then an HMAC by GB/T 32905 over it
};

/// The key under which a store keeps the keys of persons. Who has it and the store reads
/// everything, who has only the store nothing personal: it belongs into other hands than the
/// database and its copies.
struct VaultKey {
    Cipher cipher = Cipher::aes_256_gcm;  ///< of what is encrypted from now on
    Digest secret;                        ///< 32 bytes from a cryptographic source
};

}  // namespace workflow
