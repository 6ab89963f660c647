#pragma once

/// FEEL text to tree, by recursive descent.

#include <optional>
#include <string_view>
#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// The tree, or nothing after a syntax mistake. Names that are not known are mistakes too, but do
/// not stop the parser.
std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes);

/// Unary tests of the value in the slot after the scope's names.
std::optional<Node> parse_tests(std::string_view text, const Scope& scope,
                                std::vector<Mistake>& mistakes);

inline constexpr int deepest_expression = 64;
inline constexpr std::size_t longest_expression = 64 * 1024;
/// `a + b - c ...`, `a.b[1].c ...`: each link makes the tree deeper, too. and, or do not.
inline constexpr int longest_chain = 1000;
/// Names looked for in vain; after these nobody reads on.
inline constexpr std::size_t most_mistakes = 50;

}  // namespace workflow::feel
