#pragma once

/// Assigns persons to roles so that nobody plays two incompatible ones: the workflow satisfiability
/// problem (Wang, Li, "Satisfiability and resiliency in workflow authorization systems", 2010), by
/// pattern backtracking (Karapetyan, Gagarin, Gutin, 2015).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace workflow::process {

/// Roles in a case, by bit.
using RoleSet = std::uint64_t;
inline constexpr std::size_t most_roles = 64;

/// The problem. Pure and without names: persons and roles are numbers.
struct Authorization {
    std::vector<RoleSet> persons;  ///< by person: the roles they may play
    std::vector<RoleSet> apart;    ///< by role: those its performer may not play; symmetric
};

enum class Staffed : std::uint8_t { no, yes, unknown };

/// Returns whether all of `roles` can be played at once. Unknown only if the search was abandoned,
/// after some hundred thousand attempts.
Staffed staffed(const Authorization& authorization, RoleSet roles);

/// Returns a smallest subset of `roles` that cannot be played at once; empty if they can, or
/// unknown.
RoleSet smallest_conflict(const Authorization& authorization, RoleSet roles);

/// Returns the roles that matter. A role with more candidates than incompatible roles can take away
/// can always be filled in the end, so it is left out, repeatedly.
RoleSet contested(const Authorization& authorization, RoleSet roles);

}  // namespace workflow::process
