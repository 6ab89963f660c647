#pragma once

/// SHA-256 and SM3 over OpenSSL.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// A running hash; cheap to reuse. Not thread-safe. What is of a store's chains or tree takes the
/// store's; everything else is SHA-256.
class Hasher {
public:
    explicit Hasher(Hashing hashing = Hashing::sha256);
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    /// The hash of the pieces one after the other.
    Digest digest(std::initializer_list<std::string_view> pieces);

private:
    void* context_;  // EVP_MD_CTX
};

Digest sha256(std::string_view text);
/// RFC 2104 over SHA-256.
Digest hmac_sha256(const Digest& key, std::string_view message);
std::string hex(const Digest& digest);
std::optional<Digest> parse_hex(std::string_view text);
inline std::string_view view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace workflow
