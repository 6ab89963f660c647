#pragma once

#include <vector>

#include <workflow/diagnostic.hpp>

#include "json.hpp"

namespace workflow::presentation {

/// Findings as a log in SARIF 2.1.0 (OASIS standard, 2020), which code hosts and editors
/// show. The rules are those that were found, each with what it means.
Json sarif_of(const std::vector<Diagnostic>& findings);

}  // namespace workflow::presentation
