#pragma once

/// SHA-256 and SM3 over OpenSSL.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// A reusable hash computation. Not thread-safe. A store's hash chains and tree use the store's
/// hash function. Everything else uses SHA-256.
class Hasher {
public:
    explicit Hasher(Hashing hashing = Hashing::sha256);
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    /// Returns the hash of the concatenated pieces.
    Digest digest(std::initializer_list<std::string_view> pieces);

private:
    void* context_;  // EVP_MD_CTX
};

Digest sha256(std::string_view text);
/// HMAC (RFC 2104) with SHA-256.
Digest hmac_sha256(const Digest& key, std::string_view message);
std::string hex(const Digest& digest);
std::optional<Digest> parse_hex(std::string_view text);
inline std::string_view view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace workflow::inline v0
