#pragma once

/// `batch:` of an organization: the decisions that a script may make by rule.

#include <string>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::definition {

/// Lets the script of one operator perform several of these duties in one case, although the duties
/// are separated: a rule decides there, not a person.
struct BatchRule {
    /// recorded in the trail of each case in which the rule applied
    std::string name;
    std::vector<std::string> items;  ///< names of items, `prefix.*` or `*`
    std::vector<DutyId> duties;

    [[nodiscard]] bool allows(const ItemId& item) const;
    [[nodiscard]] bool allows(const DutyId& duty) const;
};

}  // namespace workflow::definition
