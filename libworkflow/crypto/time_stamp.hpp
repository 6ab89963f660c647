#pragma once

/// Time stamps by an authority (RFC 3161) over OpenSSL. All functions are pure and thread-safe.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// The bytes are no time stamp, or not one that the authority gave; says why.
class TimeStampError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A TimeStampReq in DER: asks for a stamp on a digest, which it says by what it was computed, with
/// the authority's certificate.
std::string time_stamp_request(const Digest& digest, Hashing hashing, std::uint64_t nonce);

/// What a TimeStampResp in DER says.
struct TimeStamp {
    Digest digest;  ///< what was stamped
    Hashing hashing{};
    Instant time;           ///< in whole seconds
    std::string authority;  ///< the subject of the certificate that signed
};
/// Checks the signature, the chain up to one of the certificates in `trusted` (PEM) as of the time
/// that it states, and that the signer may stamp times. Throws TimeStampError.
TimeStamp open_time_stamp(std::string_view response, const std::string& trusted);

}  // namespace workflow
