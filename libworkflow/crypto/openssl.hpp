#pragma once
/// \file
/// Shared parts of the sources that call OpenSSL.

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace workflow::openssl {

struct Release {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(BIO* memory) const { BIO_free(memory); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
/// An OpenSSL object that is freed with its owner.
template <class T>
using Owned = std::unique_ptr<T, Release>;

inline const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Refuses a key that requires a passphrase, for which OpenSSL would prompt at the terminal.
inline int no_passphrase(char*, int, int, void*) {
    return -1;
}

}  // namespace workflow::openssl
