#pragma once

/// The values that unary tests accept, if the tests use only constants.

#include <optional>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

/// An interval of the ordered values; null: no bound on that side.
struct Piece {
    Value low, high;
    bool low_included = true, high_included = true;
};

/// Returns the intervals that compiled unary tests accept, sorted and disjoint; an empty expression
/// accepts everything. Returns no value if the tests use other names, call functions, accept null,
/// or have values that cannot be ordered together.
std::optional<std::vector<Piece>> constant_tests(const Expression& tests);

/// The intervals for several slots, which must all hold; a slot that is not named may have any
/// value.
using Region = std::vector<std::pair<std::uint32_t, std::vector<Piece>>>;

/// Returns the regions of the slots' values in which a condition is true; a slot that is null is in
/// none. Returns no value if the condition does not depend only on comparisons with constants, or
/// has too many regions.
std::optional<std::vector<Region>> constant_condition(const Expression& condition);

}  // namespace workflow::feel
