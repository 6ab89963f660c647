#pragma once

/// Types of a tree against the declared names: what can never be meant is a mistake.

#include <string_view>
#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Types every node of the tree. `any` goes with everything; null goes with everything. `input` is
/// the type of the value that unary tests are about.
void check(Node& root, const Scope& scope, const Type& input, std::vector<Mistake>& mistakes);

/// A text, or one of a choice's or list's texts, that `enumeration` does not have is a mistake;
/// `name` says whose values they are.
void check_member(const Node& value, const Type& enumeration, std::string_view name,
                  std::vector<Mistake>& mistakes);

/// Can a value of `given` stand where `wanted` is asked for?
bool fits(const Type& given, const Type& wanted);

}  // namespace workflow::feel
