#pragma once

/// Time stamps by an authority (RFC 3161) over OpenSSL. All functions are pure and thread-safe.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The bytes are not a time stamp, or not a genuine one of the authority. States the cause.
class TimeStampError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Returns a TimeStampReq in DER that requests a stamp on a digest, which names its hash function,
/// with the authority's certificate.
std::string time_stamp_request(const Digest& digest, Hashing hashing, std::uint64_t nonce);

/// The content of a TimeStampResp in DER.
struct TimeStamp {
    Digest digest;  ///< the stamped value
    Hashing hashing{};
    Instant time;           ///< in whole seconds
    std::string authority;  ///< the subject of the signing certificate
};
/// Checks the signature, the chain to one of the certificates in `trusted` (PEM) at the stated
/// time, and that the signer may issue time stamps. Throws TimeStampError.
TimeStamp open_time_stamp(std::string_view response, const std::string& trusted);

}  // namespace workflow::inline v0
