#pragma once

/// Who could play which part, so that nobody plays two that are kept apart: the workflow
/// satisfiability problem (Wang, Li, "Satisfiability and resiliency in workflow authorization
/// systems", 2010), by pattern backtracking (Karapetyan, Gagarin, Gutin, 2015).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace workflow::process {

/// Parts in a case, by bit.
using RoleSet = std::uint64_t;
inline constexpr std::size_t most_roles = 64;

/// The problem. Pure and without names: persons and roles are numbers.
struct Authorization {
    std::vector<RoleSet> persons;  ///< by person: the roles he may play
    std::vector<RoleSet> apart;    ///< by role: those that its performer may not play; symmetric
};

enum class Staffed : std::uint8_t { no, yes, unknown };

/// Can all of `roles` be played at once? Unknown only where the search was given up, after some
/// hundred thousand attempts.
Staffed staffed(const Authorization& authorization, RoleSet roles);

/// The fewest of `roles` that cannot be played at once; none when they can, or nobody knows.
RoleSet smallest_conflict(const Authorization& authorization, RoleSet roles);

/// The roles that matter: one for which there are more persons than roles kept apart from it can
/// take away always finds somebody in the end, and is left out; and so on.
RoleSet contested(const Authorization& authorization, RoleSet roles);

}  // namespace workflow::process
