#pragma once

/// Whether a row of the work list keeps out whom it should.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../definition/organization.hpp"
#include "../engine/case_state.hpp"

namespace workflow::shell {

/// A row is written with the case's last act, by the organization of then; it is compared by the
/// one of now. So an account is not missed that may have come since: one that is kept out by the
/// person it is of. The engine asks anew whenever somebody takes a task.
struct BarredOfficers {
    const definition::Organization& organization;
    const engine::Case& state;
    const std::vector<PersonId>& recused;
    bool applicant_unknown = false;  ///< sealed, and there is no key

    /// Why the list is not what it should be; nothing where it is.
    [[nodiscard]] std::optional<std::string> fault(std::string_view stored,
                                                   std::string_view derived) const;
};

}  // namespace workflow::shell
