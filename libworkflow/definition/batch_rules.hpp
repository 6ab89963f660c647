#pragma once

/// `batch:` of an organization: what a script may decide by rule.

#include <string>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::definition {

/// Lets one operator's script perform several of these duties in one case, although they are kept
/// apart: a rule decides there, and no person.
struct BatchRule {
    std::string name;                ///< stands in the trail of what it allowed
    std::vector<std::string> items;  ///< items, `prefix.*` or `*`
    std::vector<DutyId> duties;

    [[nodiscard]] bool allows(const ItemId& item) const;
    [[nodiscard]] bool allows(const DutyId& duty) const;
};

}  // namespace workflow::definition
