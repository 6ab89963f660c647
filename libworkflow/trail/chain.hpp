#pragma once

/// The hash chain of a case: hash(n) = H(0x00
///
/// hash(n-1)
///
/// body(n)), hash(0) = H(0x02
///
/// case number), where H is the store's hash. Verification returns the first break.

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

#include "../crypto/digest.hpp"

namespace workflow::trail {

Digest genesis(Hasher& hasher, const CaseNumber& number);
Digest link(Hasher& hasher, const Digest& previous, std::string_view body);

struct Break {
    /// `missing`: an event is absent. `hash`: an event's hash does not follow. `count`, `head`: the
    /// case's own values are wrong.
    enum class Kind : std::uint8_t { missing, hash, count, head };
    std::uint32_t sequence = 0;  ///< the first event that does not match; 0: the whole case
    std::string what;
    Kind kind = Kind::hash;
};

/// Returns the first break among `events`, which must lead from the case's genesis to `head` at
/// `version`.
std::optional<Break> verify(Hasher& hasher, const CaseNumber& number,
                            std::span<const EventRecord> events, const Digest& head,
                            std::uint32_t version);

}  // namespace workflow::trail
