#pragma once

#include <vector>

#include <workflow/diagnostic.hpp>

#include "json.hpp"

namespace workflow::presentation {

/// Returns findings as a log in SARIF 2.1.0 (OASIS standard, 2020), which code hosts and editors
/// display. Contains the rules of the findings, each with its meaning.
Json sarif_of(const std::vector<Diagnostic>& findings);

}  // namespace workflow::presentation
