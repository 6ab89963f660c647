#pragma once

/// How a public key is named on the command line.

#include <string>

#include "command.hpp"

namespace workflow::tools {

Option public_key_option();
/// What --public-key names: the key itself, or a file that holds it. Throws UsageError when it is
/// missing or none.
std::string public_key_text(const Arguments& arguments, Streams& streams);

}  // namespace workflow::tools
