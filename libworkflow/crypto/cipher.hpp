#pragma once

/// Authenticated encryption over OpenSSL: every change is detected. All functions are pure and
/// thread-safe.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

namespace workflow::inline v0 {

/// Returns 32 bytes, as unpredictable as `entropy`.
Digest fresh_secret(const Entropy& entropy);

/// Encrypts `plain` under `key`, bound to `context`. Returns a byte naming the cipher, a nonce, the
/// encrypted text, and a tag over all of these and the context (docs/formats/sealed.md). `random`
/// must never be used twice: the nonce is taken from it.
std::string encrypt(Cipher cipher, const Digest& key, const Digest& random, std::string_view plain,
                    std::string_view context);
/// Returns nullopt where the key or the context differs, or a bit was changed.
std::optional<std::string> decrypt(const Digest& key, std::string_view box,
                                   std::string_view context);

/// The names of the ciphers in keys and options, `aes-256-gcm` and `sm4`.
std::string_view to_string(Cipher cipher);
std::optional<Cipher> parse_cipher(std::string_view name);

}  // namespace workflow::inline v0
