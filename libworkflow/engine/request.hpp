#pragma once

/// Fingerprint of a request in 64 bits: a repeated request has the same one, a different request
/// under the same key has another.

#include <cstdint>
#include <string>

#include <workflow/command.hpp>

namespace workflow::engine {

/// Mixes the action and its actor in a fixed order. The result is the same on every machine and in
/// every version, because the trail keeps it. Key, expected version and stated time are excluded.
/// Never 0.
std::uint64_t fingerprint(const Command& command);
/// Returns the first eight bytes of a digest, big-endian. Never 0.
std::uint64_t fingerprint(const Digest& digest);
/// Returns the same parts in the same order as bytes, for signatures (docs/formats/signed-act.md).
std::string canonical(const Command& command);

}  // namespace workflow::engine
