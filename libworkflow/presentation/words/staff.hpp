#pragma once

/// A change of what is kept of an officer, in words.

#include <string>

#include <workflow/staff.hpp>

#include "../../definition/organization.hpp"

namespace workflow::presentation {

/// What has become of the officer, as the end of a sentence about him: `is back on 2026-03-02`.
std::string in_words(const StaffChange& change, const definition::Organization& organization,
                     const std::string& language);

}  // namespace workflow::presentation
