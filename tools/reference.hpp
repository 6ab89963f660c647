#pragma once

/// Every command and option on one page, from the same rows as `--help`.

#include <string>

namespace workflow::tools {

/// Returns docs/cli.md.
std::string reference_page();
/// Returns the man page workflow(1), in roff with the man macros.
std::string man_page();

}  // namespace workflow::tools
