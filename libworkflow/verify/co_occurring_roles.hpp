#pragma once

#include <vector>

#include "../process/net.hpp"

namespace workflow::verify {

/// Which roles must somebody be found for in one and the same case?
struct CoOccurringRoles {
    /// The largest sets that one case can come to; no set is in another one.
    std::vector<process::RoleSet> largest;
    /// False: there are too many states to tell, and the one set is of all roles.
    bool exact = true;
};

/// A task that is offered counts: whoever is drawn for it holds it, done or not.
CoOccurringRoles co_occurring_roles(const process::Process& process);

}  // namespace workflow::verify
