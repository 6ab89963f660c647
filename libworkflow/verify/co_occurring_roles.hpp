#pragma once

#include <vector>

#include "../process/net.hpp"

namespace workflow::verify {

/// The roles for which an officer must be found in one and the same case.
struct CoOccurringRoles {
    /// The largest sets that one case can reach. No set is contained in another.
    std::vector<process::RoleSet> largest;
    /// False if there are too many states to decide; the only set then contains all roles.
    bool exact = true;
};

/// Computes the sets. An offered task counts: the officer who is drawn for it holds it, whether it
/// is done or not.
CoOccurringRoles co_occurring_roles(const process::Process& process);

}  // namespace workflow::verify
