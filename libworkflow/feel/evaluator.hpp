#pragma once

#include <span>

#include "ast.hpp"

namespace workflow::feel {

/// The value of a checked tree. Never throws on any input but for lack of memory.
Value evaluate(const Node& root, std::span<const Value> slots, Evaluation& evaluation);

/// Replaces what does not depend on names or the moment by its value.
void fold(Node& root, const Scope& scope);

}  // namespace workflow::feel
