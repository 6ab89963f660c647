#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace workflow::tools {

/// A word that was misspelled and has been replaced. The place is where it stood before.
struct AppliedFix {
    std::string file;
    std::uint32_t line = 0, column = 0;
    std::string before, after;
};

/// Replaces what findings in files of `paths` have a replacement for; nothing else in the files
/// changes. `among`: what the files refer to, which is left as it is. A replacement that brings an
/// error which was not there before is not kept. Each file is written as a whole or not at all;
/// throws WorldError when one cannot be.
std::vector<AppliedFix> apply_fixes(const std::vector<std::filesystem::path>& paths,
                                    const std::vector<std::filesystem::path>& among);

}  // namespace workflow::tools
