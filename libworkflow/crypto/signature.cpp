#include "signature.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "openssl.hpp"

namespace workflow::inline v0 {
namespace {

using openssl::bytes;
using openssl::no_passphrase;
using openssl::Owned;

constexpr std::size_t key_size = 32;
constexpr std::size_t signature_size = 64;

using Key = Owned<EVP_PKEY>;

Key read_private(const std::string& pem) {
    const Owned<BIO> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Key key(memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr)
                   : nullptr);
    ERR_clear_error();
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
        throw std::runtime_error(
            "this is not an Ed25519 private key in PEM without a passphrase; `workflow trail "
            "keygen` makes one");
    return key;
}

}  // namespace

std::string private_key_pem(std::string_view seed) {
    const Key key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(seed), seed.size()));
    const Owned<BIO> memory(BIO_new(BIO_s_mem()));
    if (!key || !memory ||
        PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
            1)
        throw std::runtime_error("OpenSSL could not make an Ed25519 key");
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string public_key_of(const std::string& pem) {
    const auto key = read_private(pem);
    std::string out(key_size, '\0');
    auto size = out.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(out.data()),
                                    &size) != 1 ||
        size != key_size)
        throw std::runtime_error("OpenSSL could not export the public key");
    return out;
}

std::string sign(const std::string& pem, std::string_view message) {
    const auto key = read_private(pem);
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    std::string out(signature_size, '\0');
    auto size = out.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                       bytes(message), message.size()) != 1 ||
        size != signature_size)
        throw std::runtime_error("OpenSSL could not sign");
    return out;
}

bool is_signed(std::string_view public_key, std::string_view message, std::string_view signature) {
    if (public_key.size() != key_size || signature.size() != signature_size) return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(public_key),
                                              public_key.size()));
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    const bool good =
        key && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                         message.size()) == 1;
    ERR_clear_error();
    return good;
}

std::string base64(std::string_view plain) {
    std::string out((plain.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes(plain),
                                     static_cast<int>(plain.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::optional<std::string> parse_base64(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    std::string out(text.size() / 4 * 3 + 1, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes(text),
                                     static_cast<int>(text.size()));
    if (size < 0) return {};
    // The decoder returns zeros for padding and accepts spaces.
    const auto padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
    if (padding > 2 || static_cast<std::size_t>(size) < padding) return {};
    out.resize(static_cast<std::size_t>(size) - padding);
    if (base64(out) != text) return {};
    return out;
}

}  // namespace workflow::inline v0
