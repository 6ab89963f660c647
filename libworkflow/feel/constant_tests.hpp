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

}  // namespace workflow::feel
