#pragma once

/// Vocabulary: the tokens with which applicants rate (好差评). GB/T 39734-2020: in a hall each
/// visit is rated once, online each case once.
///
/// A token is derived from a secret of the bureau. The window can therefore print it again, and
/// nothing is lost when a program crashes. The trail holds only its SHA-256.

#include <string>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Returns the token for the visit during which `task` was completed, or for the whole case (no
/// task): four groups of four letters and digits, without I, L, O and U (Crockford's base 32). 80
/// bits of HMAC-SHA-256 under `secret`, which is 32 bytes from a cryptographic source.
std::string rating_token(const Digest& secret, const CaseNumber& number, TaskNumber task);

/// Normalizes a token as typed: upper case, without misplaced spaces and hyphens.
std::string tidied_token(const std::string& typed);

}  // namespace workflow::inline v0
