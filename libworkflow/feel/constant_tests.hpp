#pragma once

/// What unary tests accept, where they say so by constants alone.

#include <optional>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

/// A piece of the line of values; null: no bound on that side.
struct Piece {
    Value low, high;
    bool low_included = true, high_included = true;
};

/// The pieces that compiled unary tests accept, sorted and apart from each other; an empty
/// expression accepts everything. Nothing where they speak of other names, call functions, accept
/// null, or cannot be put on one line.
std::optional<std::vector<Piece>> constant_tests(const Expression& tests);

/// Pieces that slots lie in, all at once; a slot that is not named may be anything.
using Region = std::vector<std::pair<std::uint32_t, std::vector<Piece>>>;

/// The regions of the slots' values, in any of which a condition is true; where a slot is null, it
/// is in none. Nothing where the condition does not say so by constants, or by too many regions.
std::optional<std::vector<Region>> constant_condition(const Expression& condition);

}  // namespace workflow::feel
