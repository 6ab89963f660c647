#pragma once

/// What a command asked, as 64 bits: a repeated request has the same, another one under the same
/// key has not.

#include <cstdint>
#include <string>

#include <workflow/command.hpp>

namespace workflow::engine {

/// A mix of the action and its actor in a fixed order; the same on every machine and
/// in every version, since it is kept in the trail. Key, expected version and claimed time do not
/// count. Never 0.
std::uint64_t fingerprint(const Command& command);
/// The first eight bytes of a digest, the highest first, for what is told apart by one. Never 0.
std::uint64_t fingerprint(const Digest& digest);
/// The same parts in the same order as bytes, for signatures (docs/formats/signed-act.md).
std::string canonical(const Command& command);

}  // namespace workflow::engine
