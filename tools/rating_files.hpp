#pragma once

/// The secret from which the tokens of ratings follow, as a file that only its owner reads.

#include <optional>
#include <string>

#include <workflow/values.hpp>

#include "command.hpp"

namespace workflow::tools {

/// Throws WorldError when the file is there already: tokens that were given out by it would be
/// void.
void write_rating_secret(const std::string& path, const Digest& secret);
/// What --rating-secret or its variable names. Throws WorldError with the line that is wrong.
std::optional<Digest> rating_secret_of(const Arguments& arguments);

}  // namespace workflow::tools
