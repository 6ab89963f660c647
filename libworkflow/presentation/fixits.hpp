#pragma once

/// Replaces misspelled words by the replacements of the findings.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>

namespace workflow::presentation {

/// A misspelled word that was replaced. The place is the one before all replacements.
struct AppliedFix {
    std::string file;
    std::uint32_t line = 0, column = 0;
    std::string before, after;
};

/// Applies the replacements of findings in those of the texts that `may_change` accepts; changes
/// nothing else. Loads all of `texts` together. Does not keep a replacement that causes a new
/// error. Returns what was replaced.
std::vector<AppliedFix> fix(std::vector<Catalog::Text>& texts,
                            const std::function<bool(const std::string&)>& may_change);

}  // namespace workflow::presentation
