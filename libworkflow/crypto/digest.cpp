#include "digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <stdexcept>

namespace workflow::inline v0 {
namespace {

using Algorithm = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;

Algorithm fetch(const char* name) {
    Algorithm fetched(EVP_MD_fetch(nullptr, name, nullptr), &EVP_MD_free);
    if (!fetched) throw std::runtime_error(std::string("OpenSSL does not support ") + name);
    return fetched;
}

/// Each algorithm is fetched once, at its first use. Looking it up costs more than hashing an
/// event, and an OpenSSL without SM3 works for those who do not need it.
const EVP_MD* algorithm(Hashing hashing) {
    if (hashing == Hashing::sm3) {
        static const Algorithm sm3 = fetch("SM3");
        return sm3.get();
    }
    static const Algorithm sha256 = fetch("SHA256");
    return sha256.get();
}

EVP_MD_CTX* as_context(void* context) {
    return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

std::string_view to_string(Hashing hashing) {
    return hashing == Hashing::sm3 ? "sm3" : "sha256";
}

std::optional<Hashing> parse_hashing(std::string_view name) {
    for (const auto hashing : {Hashing::sha256, Hashing::sm3})
        if (name == to_string(hashing)) return hashing;
    return {};
}

Hasher::Hasher(Hashing hashing) : context_(nullptr) {
    const auto* chosen = algorithm(hashing);
    context_ = EVP_MD_CTX_new();
    if (!context_) throw std::bad_alloc();
    if (EVP_DigestInit_ex2(as_context(context_), chosen, nullptr) != 1) {
        EVP_MD_CTX_free(as_context(context_));
        throw std::runtime_error(
            std::string("OpenSSL could not start ").append(to_string(hashing)));
    }
}

Hasher::~Hasher() {
    EVP_MD_CTX_free(as_context(context_));
}

Digest Hasher::digest(std::initializer_list<std::string_view> pieces) {
    auto* context = as_context(context_);
    Digest out;
    // Without an algorithm the context restarts with its current one.
    bool good = EVP_DigestInit_ex2(context, nullptr, nullptr) == 1;
    for (const auto piece : pieces)
        good = good && EVP_DigestUpdate(context, piece.data(), piece.size()) == 1;
    good = good && EVP_DigestFinal_ex(context, out.bytes.data(), nullptr) == 1;
    if (!good) throw std::runtime_error("OpenSSL could not hash");
    return out;
}

Digest sha256(std::string_view text) {
    Hasher hasher;
    return hasher.digest({text});
}

Digest hmac_sha256(const Digest& key, std::string_view message) {
    Digest out;
    if (!HMAC(algorithm(Hashing::sha256), key.bytes.data(), static_cast<int>(key.bytes.size()),
              reinterpret_cast<const unsigned char*>(message.data()), message.size(),
              out.bytes.data(), nullptr))
        throw std::runtime_error("OpenSSL could not compute an HMAC");
    return out;
}

std::string hex(const Digest& digest) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * digest.bytes.size());
    for (const auto byte : digest.bytes) {
        out += hex_digits[byte >> 4];
        out += hex_digits[byte & 15];
    }
    return out;
}

std::optional<Digest> parse_hex(std::string_view text) {
    Digest digest;
    if (text.size() != 2 * digest.bytes.size()) return {};
    const auto value = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const int high = value(text[2 * i]);
        const int low = value(text[2 * i + 1]);
        if (high < 0 || low < 0) return {};
        digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

}  // namespace workflow::inline v0
