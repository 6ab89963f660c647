#pragma once

/// The texts that a definition was built from, as one text. It is published with a revision, so
/// that a running case can continue with it after the files have changed (R19).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "../definition/loader.hpp"

namespace workflow::shell {

std::string bundle(const std::vector<definition::Text>& texts);
/// Returns nothing if `bundled` was not made by `bundle`.
std::optional<std::vector<definition::Text>> unbundle(std::string_view bundled);

/// Returns the digest of the definition that was built from these texts: SHA-256 over the contents,
/// each preceded by its length as eight bytes, the highest first. Returns nothing if `bundled` was
/// not made by `bundle`.
std::optional<Digest> digest_of_bundle(std::string_view bundled);

}  // namespace workflow::shell
