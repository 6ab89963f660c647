#pragma once

/// Facade: how many officers may be away before an item can no longer be staffed?

#include <optional>
#include <vector>

#include <workflow/values.hpp>

namespace workflow {

class Catalog;

/// The staff of one hall that takes an item in, seen over every way that a case can go.
struct Staffing {
    HallId hall;  ///< empty: all tasks are drawn from every hall
    /// So many persons, whoever they are, may be away at once. Nothing: even with everybody there
    /// some way cannot be staffed.
    std::optional<unsigned> absences;
    bool or_more = false;             ///< three were survived, more were not tried
    std::vector<PersonId> essential;  ///< each of whom nobody could stand in for; sorted
};

/// Asks for `item` in every hall (workflow resiliency: Wang, Li, 2010). Recorded absences are not
/// looked at. Empty for an unknown item or without an organization. Thread-safe.
std::vector<Staffing> staffing_of(const Catalog& catalog, const ItemId& item);

}  // namespace workflow
