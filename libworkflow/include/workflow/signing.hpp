#pragma once

/// Vocabulary: what an officer signs when acting.
///
/// Acts from a post with `signed: true` in the organization require signed commands. The signature
/// is made where the officer's key is (a token, the officer's machine). The engine checks it with
/// the officer's public key from the organization and stores it with the event. Whoever operates
/// the application therefore cannot act in an officer's name. docs/formats/signed-act.md specifies
/// the format.

#include <string>

#include <workflow/command.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Returns the lines to be signed: the case, its version, the content of its definition, the
/// command's key as a nonce, the officer, the stated time where there is one, and a digest of the
/// request. For an OpenCase, `number` is empty and the version is 0. All other commands need
/// `expected`. Pure and thread-safe.
std::string text_to_sign(const Command& command, const CaseNumber& number,
                         const Digest& definition);

}  // namespace workflow::inline v0
