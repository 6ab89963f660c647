#pragma once

/// The applicant's receipt: one page that proves that an act of their case is in the trail.

#include <iosfwd>
#include <string>

#include <workflow/evidence.hpp>

namespace workflow::presentation {

struct Receipt {
    const InclusionProof& proof;  ///< sealed
    std::string title;            ///< of the item
    std::string when;             ///< when the act was recorded
    std::string what;             ///< what was done, in words without personal data
    std::string language;         ///< "zh" or "en"
};

/// Returns the text of the QR code, one line each: `workflow receipt 1`, case, event, hash, events
/// of the checkpoint, its root in base64, its origin; and a last line `sm3` if hash and root are by
/// SM3.
std::string square_text(const InclusionProof& proof);

/// Writes the receipt: act, hash, size and root as text and as a QR code (ISO/IEC 18004), and the
/// proof. It contains no script and loads nothing. Throws std::length_error if a name is too long
/// for the code.
void write_receipt(std::ostream& out, const Receipt& receipt);

}  // namespace workflow::presentation
