#pragma once

/// A signer in a process of its own, so that the administrator of the store never has the key. It
/// listens on a socket of the file system, and signs checkpoints and nothing else.
///
/// One request a connection. The client sends the text of a checkpoint and closes its half; nothing
/// asks for the public key. The answer is a line that begins with `key `, `signature ` (base64),
/// `refused ` (this is not to be signed) or `failed ` (it could be another time).

#include <string>

#include <workflow/ports.hpp>

#include "signer_memory.hpp"

namespace workflow::tools {

/// The signer that listens at `path`. Its `sign` throws EvidenceError with why the other side
/// refuses, and WorldError when nobody answers or the other side could not sign. Throws WorldError
/// when nobody listens there.
Signer socket_signer(const std::string& name, const std::string& path);

/// Answers requests at `path` for as long as the process lives. Signs a text only when it is a
/// checkpoint of the signer's name that counts no fewer events, and is no older, than the one in
/// `memory`, and has its root where it counts as many; and hands a signature out only once `memory`
/// has kept it. Throws WorldError.
[[noreturn]] void serve_signer(const Signer& signer, const std::string& path, SignerMemory& memory);

}  // namespace workflow::tools
