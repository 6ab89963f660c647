#include "cipher.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "digest.hpp"
#include "openssl.hpp"

namespace workflow::inline v0 {
namespace {

using openssl::bytes;
using openssl::Owned;

using Context = Owned<EVP_CIPHER_CTX>;

constexpr std::size_t gcm_nonce = 12, gcm_tag = 16;
constexpr std::size_t sm4_nonce = 16, sm3_tag = 32;

void demand(bool good) {
    if (!good) throw std::runtime_error("OpenSSL could not encrypt");
}

Context new_context() {
    Context context(EVP_CIPHER_CTX_new());
    demand(context != nullptr);
    return context;
}

/// Each fetched once, like hash algorithms.
const EVP_CIPHER* aes_gcm() {
    static const Owned<EVP_CIPHER> fetched(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    return fetched.get();
}
const EVP_CIPHER* sm4_ctr() {
    static const Owned<EVP_CIPHER> fetched(EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr));
    return fetched.get();
}

std::string encrypt_gcm(const Digest& key, std::string_view nonce, std::string_view plain,
                        std::string_view context) {
    const auto use = new_context();
    std::string out(plain.size(), '\0'), tag(gcm_tag, '\0');
    int length = 0;
    demand(EVP_EncryptInit_ex2(use.get(), aes_gcm(), key.bytes.data(), bytes(nonce), nullptr) ==
               1 &&
           EVP_EncryptUpdate(use.get(), nullptr, &length, bytes(context),
                             static_cast<int>(context.size())) == 1 &&
           EVP_EncryptUpdate(use.get(), bytes(out), &length, bytes(plain),
                             static_cast<int>(plain.size())) == 1 &&
           EVP_EncryptFinal_ex(use.get(), bytes(out) + length, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(use.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag, tag.data()) == 1);
    return out + tag;
}

std::optional<std::string> decrypt_gcm(const Digest& key, std::string_view nonce,
                                       std::string_view hidden, std::string_view context) {
    std::string tag(hidden.substr(hidden.size() - gcm_tag));
    hidden.remove_suffix(gcm_tag);
    const auto use = new_context();
    std::string out(hidden.size(), '\0');
    int length = 0;
    demand(EVP_DecryptInit_ex2(use.get(), aes_gcm(), key.bytes.data(), bytes(nonce), nullptr) ==
               1 &&
           EVP_DecryptUpdate(use.get(), nullptr, &length, bytes(context),
                             static_cast<int>(context.size())) == 1 &&
           EVP_DecryptUpdate(use.get(), bytes(out), &length, bytes(hidden),
                             static_cast<int>(hidden.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(use.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag, tag.data()) == 1);
    if (EVP_DecryptFinal_ex(use.get(), bytes(out) + length, &length) != 1) return {};
    return out;
}

/// Derives a key for one use from a key for several.
std::string derived(const Digest& key, std::string_view use) {
    return std::string(view(hmac_sha256(key, use)));
}

/// Applies counter mode, which is the same in both directions. OpenSSL 3.0 has no SM4 in GCM.
std::string apply_sm4(const Digest& key, std::string_view nonce, std::string_view text) {
    const auto cipher_key = derived(key, "SM4");
    const auto use = new_context();
    std::string out(text.size(), '\0');
    int length = 0;
    demand(EVP_EncryptInit_ex2(use.get(), sm4_ctr(), bytes(std::string_view(cipher_key)),
                               bytes(nonce), nullptr) == 1 &&
           EVP_EncryptUpdate(use.get(), bytes(out), &length, bytes(text),
                             static_cast<int>(text.size())) == 1);
    return out;
}

std::string sm3_mac(const Digest& key, std::string_view nonce, std::string_view hidden,
                    std::string_view context) {
    const auto mac_key = derived(key, "HMAC-SM3");
    // The context's length comes first, so that its bytes cannot be confused with those that
    // follow.
    std::string message(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        message[i] = static_cast<char>(context.size() >> (8 * (7 - i)));
    message.append(context).append(nonce).append(hidden);
    std::string tag(sm3_tag, '\0');
    demand(HMAC(EVP_sm3(), mac_key.data(), static_cast<int>(mac_key.size()),
                bytes(std::string_view(message)), message.size(), bytes(tag), nullptr) != nullptr);
    return tag;
}

std::string encrypt_sm4(const Digest& key, std::string_view nonce, std::string_view plain,
                        std::string_view context) {
    const auto hidden = apply_sm4(key, nonce, plain);
    return hidden + sm3_mac(key, nonce, hidden, context);
}

std::optional<std::string> decrypt_sm4(const Digest& key, std::string_view nonce,
                                       std::string_view hidden, std::string_view context) {
    const auto tag = hidden.substr(hidden.size() - sm3_tag);
    hidden.remove_suffix(sm3_tag);
    const auto right = sm3_mac(key, nonce, hidden, context);
    if (CRYPTO_memcmp(tag.data(), right.data(), right.size()) != 0) return {};
    return apply_sm4(key, nonce, hidden);
}

/// A cipher: its two directions and the lengths of nonce and tag.
struct Method {
    std::string_view name;
    std::size_t nonce, tag;
    std::string (*encrypt)(const Digest&, std::string_view, std::string_view, std::string_view);
    std::optional<std::string> (*decrypt)(const Digest&, std::string_view, std::string_view,
                                          std::string_view);
};
constexpr std::array<Method, 2> methods{
    {{"aes-256-gcm", gcm_nonce, gcm_tag, encrypt_gcm, decrypt_gcm},
     {"sm4", sm4_nonce, sm3_tag, encrypt_sm4, decrypt_sm4}}};

}  // namespace

Digest fresh_secret(const Entropy& entropy) {
    Digest secret;
    for (std::size_t at = 0; at < secret.bytes.size(); at += 8) {
        auto word = entropy();
        for (std::size_t i = 0; i < 8; ++i, word >>= 8)
            secret.bytes[at + i] = static_cast<std::uint8_t>(word);
    }
    return secret;
}

std::string encrypt(Cipher cipher, const Digest& key, const Digest& random, std::string_view plain,
                    std::string_view context) {
    const auto& method = methods.at(static_cast<std::size_t>(cipher));
    const std::string nonce(view(random).substr(0, method.nonce));
    return std::string(1, static_cast<char>(cipher)) + nonce +
           method.encrypt(key, nonce, plain, context);
}

std::optional<std::string> decrypt(const Digest& key, std::string_view box,
                                   std::string_view context) {
    if (box.empty()) return {};
    const auto which = static_cast<unsigned char>(box.front());
    if (which >= methods.size()) return {};
    const auto& method = methods[which];
    box.remove_prefix(1);
    if (box.size() < method.nonce + method.tag) return {};
    return method.decrypt(key, box.substr(0, method.nonce), box.substr(method.nonce), context);
}

std::string_view to_string(Cipher cipher) {
    return methods.at(static_cast<std::size_t>(cipher)).name;
}

std::optional<Cipher> parse_cipher(std::string_view name) {
    for (std::size_t i = 0; i < methods.size(); ++i)
        if (methods[i].name == name) return static_cast<Cipher>(i);
    return {};
}

}  // namespace workflow::inline v0
