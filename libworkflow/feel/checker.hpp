#pragma once

/// Checks the types of a tree against the declared names. An expression that can never have a
/// meaning is a mistake.

#include <string_view>
#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Adds a type to every node of the tree. `any` and null are compatible with every type. `input` is
/// the type of the value that unary tests apply to.
void check(Node& root, const Scope& scope, const Type& input, std::vector<Mistake>& mistakes);

/// Reports a text, or one of the texts of a choice or list, that `enumeration` does not contain.
/// `name` states whose values they are.
void check_member(const Node& value, const Type& enumeration, std::string_view name,
                  std::vector<Mistake>& mistakes);

/// Returns whether a value of type `given` is allowed where `wanted` is required.
bool fits(const Type& given, const Type& wanted);

}  // namespace workflow::feel
