#pragma once

/// FEEL text to tree, by recursive descent.

#include <optional>
#include <string_view>
#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// The tree, or nothing after a syntax mistake. Names that are not known are mistakes too, but do
/// not stop the parser. At most `deepest_expression` levels deep.
std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes);

inline constexpr int deepest_expression = 64;
inline constexpr std::size_t longest_expression = 64 * 1024;

}  // namespace workflow::feel
