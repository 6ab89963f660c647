#include "time_stamp.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <tuple>
#include <utility>

namespace workflow::inline v0 {
namespace {

template <class T, void (*release)(T*)>
struct FreedBy {
    void operator()(T* held) const { release(held); }
};
template <class T, void (*release)(T*)>
using Freed = std::unique_ptr<T, FreedBy<T, release>>;

using Request = Freed<TS_REQ, TS_REQ_free>;
using Response = Freed<TS_RESP, TS_RESP_free>;
using Imprint = Freed<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using UsedAlgorithm = Freed<X509_ALGOR, X509_ALGOR_free>;
using Integer = Freed<ASN1_INTEGER, ASN1_INTEGER_free>;
using Verifying = Freed<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Certificate = Freed<X509, X509_free>;
using Trust = Freed<X509_STORE, X509_STORE_free>;

struct ReleasesMemory {
    void operator()(BIO* memory) const { BIO_free(memory); }
};
using Memory = std::unique_ptr<BIO, ReleasesMemory>;

/// Returns OpenSSL's reason for its last failure, and clears its list of failures.
std::string why() {
    std::string reason = "OpenSSL gives no reason";
    while (const auto code = ERR_get_error())
        if (const char* text = ERR_reason_error_string(code)) reason = text;
    return reason;
}

Trust trust_in(const std::string& pem, std::time_t moment) {
    Trust store(X509_STORE_new());
    const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::size_t count = 0;
    while (true) {
        const Certificate one(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
        if (!one) break;
        X509_STORE_add_cert(store.get(), one.get());
        ++count;
    }
    ERR_clear_error();
    if (count == 0) throw TimeStampError("the trusted certificates are empty or not in PEM");
    // Authority certificates expire. Their earlier stamps remain valid.
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), moment);
    return store;
}

std::time_t seconds_of(const TS_TST_INFO* info) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1)
        throw TimeStampError("its time is invalid");
    return timegm(&parts);
}

int number_of(Hashing hashing) {
    return hashing == Hashing::sm3 ? NID_sm3 : NID_sha256;
}

/// Returns the stamped digest and its hash function.
std::pair<Digest, Hashing> digest_of(TS_TST_INFO* info) {
    auto* imprint = TS_TST_INFO_get_msg_imprint(info);
    const auto* algorithm = TS_MSG_IMPRINT_get_algo(imprint);
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    const auto* bytes = TS_MSG_IMPRINT_get_msg(imprint);
    Digest digest;
    const auto number = OBJ_obj2nid(name);
    const auto hashing = number == NID_sm3 ? Hashing::sm3 : Hashing::sha256;
    if (number != number_of(hashing) ||
        static_cast<std::size_t>(ASN1_STRING_length(bytes)) != digest.bytes.size())
        throw TimeStampError("it does not stamp a digest of SHA-256 or SM3");
    std::copy_n(ASN1_STRING_get0_data(bytes), digest.bytes.size(), digest.bytes.begin());
    return {digest, hashing};
}

std::string name_of(PKCS7* token) {
    auto* const signers = PKCS7_get0_signers(token, nullptr, 0);
    std::string name;
    if (signers && sk_X509_num(signers) > 0) {
        const Memory memory(BIO_new(BIO_s_mem()));
        X509_NAME_print_ex(memory.get(), X509_get_subject_name(sk_X509_value(signers, 0)), 0,
                           XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
        char* text = nullptr;
        const auto size = BIO_get_mem_data(memory.get(), &text);
        name.assign(text, static_cast<std::size_t>(size));
    }
    sk_X509_free(signers);
    return name;
}

}  // namespace

std::string time_stamp_request(const Digest& digest, Hashing hashing, std::uint64_t nonce) {
    const Request request(TS_REQ_new());
    const Imprint imprint(TS_MSG_IMPRINT_new());
    const UsedAlgorithm algorithm(X509_ALGOR_new());
    const Integer number(ASN1_INTEGER_new());
    auto bytes = digest.bytes;
    unsigned char* out = nullptr;
    int size = -1;
    if (request && imprint && algorithm && number &&
        X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(number_of(hashing)), V_ASN1_NULL, nullptr) ==
            1 &&
        TS_REQ_set_version(request.get(), 1) == 1 &&
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
        TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1 &&
        TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
        ASN1_INTEGER_set_uint64(number.get(), nonce) == 1 &&
        TS_REQ_set_nonce(request.get(), number.get()) == 1 &&
        TS_REQ_set_cert_req(request.get(), 1) == 1)
        size = i2d_TS_REQ(request.get(), &out);
    if (size < 0) throw TimeStampError("OpenSSL could not make a request: " + why());
    std::string text(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
    OPENSSL_free(out);
    return text;
}

TimeStamp open_time_stamp(std::string_view bytes, const std::string& trusted) {
    const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
    const Response response(d2i_TS_RESP(nullptr, &from, static_cast<long>(bytes.size())));
    ERR_clear_error();
    if (!response) throw TimeStampError("this is not the response of a time-stamp authority");
    auto* const info = TS_RESP_get_tst_info(response.get());
    if (!info) throw TimeStampError("the authority did not issue a stamp");
    const auto moment = seconds_of(info);
    TimeStamp stamp;
    std::tie(stamp.digest, stamp.hashing) = digest_of(info);
    stamp.time = Instant{static_cast<std::int64_t>(moment) * 1'000'000};

    auto trust = trust_in(trusted, moment);
    const Verifying verifying(TS_VERIFY_CTX_new());
    auto* const copy = static_cast<unsigned char*>(OPENSSL_malloc(stamp.digest.bytes.size()));
    if (!verifying || !copy) throw TimeStampError("OpenSSL ran out of memory");
    std::copy(stamp.digest.bytes.begin(), stamp.digest.bytes.end(), copy);
    TS_VERIFY_CTX_set_imprint(verifying.get(), copy, static_cast<long>(stamp.digest.bytes.size()));
    TS_VERIFY_CTX_set_store(verifying.get(), trust.release());
    TS_VERIFY_CTX_set_flags(verifying.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
    if (TS_RESP_verify_response(verifying.get(), response.get()) != 1)
        throw TimeStampError("its signature does not verify: " + why());
    stamp.authority = name_of(TS_RESP_get_token(response.get()));
    return stamp;
}

}  // namespace workflow::inline v0
