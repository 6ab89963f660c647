#pragma once

/// Facade: computes how many officers may be away before an item can no longer be staffed.

#include <optional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

class Catalog;

/// The staff of one hall that accepts an item, evaluated over every path that a case can take.
struct Staffing {
    HallId hall;  ///< empty: all tasks are drawn from every hall
    /// How many persons, whoever they are, may be away at once. Nullopt: even with everybody
    /// present some path cannot be staffed.
    std::optional<unsigned> absences;
    bool or_more = false;             ///< true: three were survived, more were not tried
    std::vector<PersonId> essential;  ///< persons whom nobody could replace; sorted
};

/// Evaluates `item` in every hall (workflow resiliency: Wang, Li, 2010). Ignores recorded absences.
/// Returns an empty list for an unknown item or without an organization. Thread-safe.
std::vector<Staffing> staffing_of(const Catalog& catalog, const ItemId& item);

/// Steps of one case that the officers of a hall can no longer perform together: nobody is left for
/// one step, or too few for several steps under separation of duty.
struct Shortfall {
    ItemId item;
    HallId hall;  ///< as in Staffing
    std::vector<StepId> steps;
};

/// Returns what could be staffed in `before` and cannot in `after` (the same catalog with other
/// staff), in every hall that accepted the item. As in staffing_of, recorded absences are ignored.
/// An officer with a last day counts as gone. Undecided cases are not reported. Thread-safe.
std::vector<Shortfall> shortfalls(const Catalog& before, const Catalog& after);

/// Returns a sentence stating why one officer alone may change who can be drawn in this
/// organization, or nullopt where a second person must confirm such changes. Thread-safe.
std::optional<std::string> unconfirmed_staff(const Catalog& catalog);

}  // namespace workflow::inline v0
