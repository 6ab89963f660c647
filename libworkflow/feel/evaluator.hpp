#pragma once

#include <span>

#include "ast.hpp"

namespace workflow::feel {

/// Returns the value of a checked tree. Throws only if memory is exhausted, on any input.
Value evaluate(const Node& root, std::span<const Value> slots, Evaluation& evaluation);

/// Replaces each part that depends neither on names nor on the moment by its value.
void fold(Node& root, const Scope& scope);

}  // namespace workflow::feel
