#pragma once

/// Vocabulary: the tokens by which applicants rate (好差评). GB/T 39734-2020: at a hall each visit
/// is rated once, on line each case once.
///
/// A token follows from a secret of the bureau, so that the window can print it again, and nothing
/// is lost when a program crashes; the trail has only its SHA-256.

#include <string>

#include <workflow/values.hpp>

namespace workflow {

/// The token for the visit at which `task` was done, or for the whole case (no task): four groups
/// of four letters and digits, without I, L, O and U, as Crockford's base 32 has them. 80 bits of
/// HMAC-SHA-256 under `secret`, which is 32 bytes from a cryptographic source.
std::string rating_token(const Digest& secret, const CaseNumber& number, TaskNumber task);

/// A token as somebody typed it: in capitals, without blanks and hyphens out of place.
std::string tidied_token(const std::string& typed);

}  // namespace workflow
