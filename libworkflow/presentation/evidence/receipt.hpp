#pragma once

/// What an applicant takes home: that an act of his case is in the trail, on one page.

#include <iosfwd>
#include <string>

#include <workflow/evidence.hpp>

namespace workflow::presentation {

struct Receipt {
    const InclusionProof& proof;  ///< sealed
    std::string title;            ///< of the item
    std::string when;             ///< the act was recorded
    std::string what;             ///< was done, in words without anything personal
    std::string language;         ///< "zh" or "en"
};

/// What the square holds, a line each: `workflow receipt 1`, case, event, hash, events of the
/// checkpoint, its root in base64, its origin; a last line `sm3` where hash and root are by SM3.
std::string square_text(const InclusionProof& proof);

/// Writes it: act, hash, size and root as text and as a QR code (ISO/IEC 18004), and the proof. It
/// holds no script and loads nothing. Throws std::length_error when a name is too long for the
/// code.
void write_receipt(std::ostream& out, const Receipt& receipt);

}  // namespace workflow::presentation
