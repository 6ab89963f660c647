#pragma once

/// Misspelled words replaced by what the findings offer.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>

namespace workflow::presentation {

/// A word that was misspelled and has been replaced. The place is where it stood before.
struct AppliedFix {
    std::string file;
    std::uint32_t line = 0, column = 0;
    std::string before, after;
};

/// Replaces what findings in those of the texts that `may_change` says have a replacement for;
/// nothing else changes. All of `texts` are loaded together. A replacement that brings an error
/// which was not there before is not kept. Returns what was replaced.
std::vector<AppliedFix> fix(std::vector<Catalog::Text>& texts,
                            const std::function<bool(const std::string&)>& may_change);

}  // namespace workflow::presentation
