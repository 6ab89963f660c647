#pragma once

/// Facade: how many officers may be away before an item can no longer be staffed?

#include <optional>
#include <string>
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

/// Steps of one case that the officers of a hall can no longer all do: nobody is left for one, or
/// too few for several that are kept apart.
struct Shortfall {
    ItemId item;
    HallId hall;  ///< as in Staffing
    std::vector<StepId> steps;
};

/// What could be staffed in `before` and cannot in `after`, the same catalog with other staff, in
/// every hall that took the item in. As staffing_of: whoever has a last day counts as gone, whoever
/// is absent as there, and what is not decided is not told. Thread-safe.
std::vector<Shortfall> shortfalls(const Catalog& before, const Catalog& after);

/// Why one officer alone may change who can be drawn in this organization, as a sentence; nothing
/// where a second person confirms it. Thread-safe.
std::optional<std::string> unconfirmed_staff(const Catalog& catalog);

}  // namespace workflow
