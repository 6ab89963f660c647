#pragma once

/// Checks whether a row of the work list excludes the right officers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../definition/organization.hpp"
#include "../engine/case_state.hpp"

namespace workflow::shell {

/// A row is written with the case's last act, by the organization of that time, and is compared by
/// the current organization. An account that may have been added since, and that is excluded
/// because of its person, is therefore not reported as missing. The engine checks again whenever
/// somebody takes a task.
struct BarredOfficers {
    const definition::Organization& organization;
    const engine::Case& state;
    const std::vector<PersonId>& recused;
    bool applicant_unknown = false;  ///< it is encrypted, and there is no key

    /// Returns why the list is wrong; nothing if it is correct.
    [[nodiscard]] std::optional<std::string> fault(std::string_view stored,
                                                   std::string_view derived) const;
};

}  // namespace workflow::shell
