#pragma once

#include <filesystem>
#include <vector>

#include "presentation/fixits.hpp"

namespace workflow::tools {

/// Replaces what findings in files of `paths` have a replacement for; nothing else in the files
/// changes. `among`: what the files refer to, which is left as it is. A replacement that brings an
/// error which was not there before is not kept. Each file is written as a whole or not at all;
/// throws WorldError when one cannot be.
std::vector<presentation::AppliedFix> apply_fixes(const std::vector<std::filesystem::path>& paths,
                                                  const std::vector<std::filesystem::path>& among);

}  // namespace workflow::tools
