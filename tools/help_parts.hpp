#pragma once

/// How the help, the man page and the reference page spell a command.

#include <string>

#include "command.hpp"

namespace workflow::tools {

/// Returns `-q, --quiet` or `--store FILE`.
std::string spelled(const Option& option);
/// Returns the meaning with choices, environment variable and default.
std::string explained(const Option& option);
/// Returns `workflow open ITEM [options]`.
std::string usage_of(const Subcommand& command);

}  // namespace workflow::tools
