#pragma once

/// Encryption that notices every change (authenticated encryption), over OpenSSL. All functions are
/// pure and thread-safe.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

namespace workflow {

/// 32 bytes as unpredictable as `entropy`.
Digest fresh_secret(const Entropy& entropy);

/// `plain` under `key`, bound to `context`: a byte that names the cipher, a nonce, the encrypted
/// text, and a tag over all of it and the context (docs/formats/sealed.md). `random` is never to be
/// used twice: the nonce is what the cipher needs of it.
std::string encrypt(Cipher cipher, const Digest& key, const Digest& random, std::string_view plain,
                    std::string_view context);
/// Nothing where the key or the context is another one, or a bit was changed.
std::optional<std::string> decrypt(const Digest& key, std::string_view box,
                                   std::string_view context);

/// The names by which keys and options call the ciphers, `aes-256-gcm` and `sm4`.
std::string_view to_string(Cipher cipher);
std::optional<Cipher> parse_cipher(std::string_view name);

}  // namespace workflow
