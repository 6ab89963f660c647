#include "sm2.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "openssl.hpp"

namespace workflow::inline v0 {
namespace {

using openssl::bytes;
using openssl::no_passphrase;
using openssl::Owned;

constexpr std::size_t half = 32;
constexpr std::string_view identity = "1234567812345678";

Owned<EVP_PKEY> read_key(const std::string& pem) {
    const Owned<BIO> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Owned<EVP_PKEY> key(
        memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr) : nullptr);
    ERR_clear_error();
    if (key && EVP_PKEY_is_a(key.get(), "SM2") != 1) key.reset();
    return key;
}

Owned<EVP_PKEY> needed_key(const std::string& pem) {
    auto key = read_key(pem);
    if (!key)
        throw std::runtime_error("this is not an SM2 private key in PEM without a passphrase");
    return key;
}

Owned<EVP_PKEY> public_key_from(std::string_view coordinates) {
    std::string point = '\4' + std::string(coordinates);
    std::string group = "SM2";
    const OSSL_PARAM parts[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* made = nullptr;
    if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
        (void)EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY,
                                const_cast<OSSL_PARAM*>(static_cast<const OSSL_PARAM*>(parts)));
    return Owned<EVP_PKEY>(made);
}

/// A digest that includes the identity of the signer (GB/T 32918.2, 5.5). The first context must
/// outlive the second.
struct Digesting {
    explicit Digesting(EVP_PKEY* key)
        : of_key(EVP_PKEY_CTX_new(key, nullptr)), context(EVP_MD_CTX_new()) {
        if (!of_key || !context ||
            EVP_PKEY_CTX_set1_id(of_key.get(), identity.data(), identity.size()) != 1)
            throw std::runtime_error("OpenSSL does not support SM2");
        EVP_MD_CTX_set_pkey_ctx(context.get(), of_key.get());
    }
    Owned<EVP_PKEY_CTX> of_key;
    Owned<EVP_MD_CTX> context;
};

/// Converts between OpenSSL's DER and r
///
/// s.
std::string plain(const std::string& der) {
    const auto* from = bytes(std::string_view(der));
    const Owned<ECDSA_SIG> signature(d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size())));
    std::string out(2 * half, '\0');
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes(out), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes(out) + half, half) != half)
        throw std::runtime_error("OpenSSL could not sign");
    return out;
}

std::string der(std::string_view plain) {
    const Owned<ECDSA_SIG> signature(ECDSA_SIG_new());
    auto* const r = BN_bin2bn(bytes(plain), half, nullptr);
    auto* const s = BN_bin2bn(bytes(plain.substr(half)), half, nullptr);
    if (!signature || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    std::string out(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
    auto* to = bytes(out);
    i2d_ECDSA_SIG(signature.get(), &to);
    return out;
}

}  // namespace

std::string new_sm2_key() {
    std::string curve = "SM2";
    const Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
    const Owned<BIO> memory(BIO_new(BIO_s_mem()));
    if (!key || !memory ||
        PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
            1)
        throw std::runtime_error("OpenSSL could not make an SM2 key");
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

bool is_sm2_key(const std::string& pem) {
    return read_key(pem) != nullptr;
}

std::string sm2_public_key(const std::string& pem) {
    const auto key = needed_key(pem);
    std::string point(2 * half + 1, '\0');
    std::size_t size = 0;
    if (EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                       OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED) != 1 ||
        EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes(point),
                                        point.size(), &size) != 1 ||
        size != point.size())
        throw std::runtime_error("OpenSSL could not export the public key");
    return point.substr(1);
}

std::string sm2_sign(const std::string& pem, std::string_view message) {
    const auto key = needed_key(pem);
    const Digesting digesting(key.get());
    std::string out(128, '\0');
    auto size = out.size();
    if (EVP_DigestSignInit(digesting.context.get(), nullptr, EVP_sm3(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(digesting.context.get(), bytes(out), &size, bytes(message),
                       message.size()) != 1)
        throw std::runtime_error("OpenSSL could not sign");
    out.resize(size);
    return plain(out);
}

bool is_sm2_signed(std::string_view public_key, std::string_view message,
                   std::string_view signature) {
    if (public_key.size() != 2 * half || signature.size() != 2 * half) return false;
    const auto key = public_key_from(public_key);
    bool good = false;
    if (key) {
        const Digesting digesting(key.get());
        const auto encoded = der(signature);
        good = EVP_DigestVerifyInit(digesting.context.get(), nullptr, EVP_sm3(), nullptr,
                                    key.get()) == 1 &&
               EVP_DigestVerify(digesting.context.get(), bytes(std::string_view(encoded)),
                                encoded.size(), bytes(message), message.size()) == 1;
    }
    ERR_clear_error();
    return good;
}

}  // namespace workflow::inline v0
