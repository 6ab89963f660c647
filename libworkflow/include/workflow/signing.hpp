#pragma once

/// Vocabulary: what an officer signs when he acts.
///
/// A post of which the organization says `signed: true` is acted from by signed commands only. The
/// signature is made where the officer's key is (a token, his machine); the engine checks it with
/// the public key that the organization has of him, and keeps it with the event. So whoever runs
/// the application cannot act in an officer's name. docs/formats/signed-act.md has it on paper.

#include <string>

#include <workflow/command.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// The lines to be signed: the case, its version, the content of its definition, the command's key
/// as a nonce, the officer, the claimed time where there is one, and a digest of what is asked for.
/// `number` is empty for an OpenCase, and the version 0. Needs `expected` but for an OpenCase.
/// Pure and thread-safe.
std::string text_to_sign(const Command& command, const CaseNumber& number,
                         const Digest& definition);

}  // namespace workflow
