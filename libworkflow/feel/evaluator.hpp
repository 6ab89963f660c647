#pragma once

#include <span>

#include "ast.hpp"

namespace workflow::feel {

/// Steps one evaluation may take; what would need more is null.
inline constexpr std::uint32_t evaluation_budget = 100'000;

/// The value of a checked tree. Never throws on any input but for lack of memory.
Value evaluate(const Node& root, std::span<const Value> slots, const Moment& moment);

/// Replaces what does not depend on fields, variables or the moment by its value.
void fold(Node& root);

}  // namespace workflow::feel
