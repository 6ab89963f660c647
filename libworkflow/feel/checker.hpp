#pragma once

/// Types of a tree against the declared names: what can never be meant is a mistake.

#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Types every node of the tree. `any` goes with everything; null goes with everything.
void check(Node& root, const Scope& scope, std::vector<Mistake>& mistakes);

/// Can a value of `given` stand where `wanted` is asked for?
bool fits(const Type& given, const Type& wanted);

}  // namespace workflow::feel
