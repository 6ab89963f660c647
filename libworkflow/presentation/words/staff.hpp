#pragma once

/// Describes a change of an officer's record in words.

#include <string>

#include <workflow/staff.hpp>

#include "../../definition/organization.hpp"

namespace workflow::presentation {

/// Returns the change as the end of a sentence about the officer: `is back on 2026-03-02`.
std::string in_words(const StaffChange& change, const definition::Organization& organization,
                     const std::string& language);

}  // namespace workflow::presentation
