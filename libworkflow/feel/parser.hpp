#pragma once

/// Converts FEEL text to a tree, by recursive descent.

#include <optional>
#include <string_view>
#include <vector>

#include "ast.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Returns the tree, or no value after a syntax mistake. Unknown names are also mistakes but do not
/// stop the parser.
std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes);

/// Parses the unary tests of the value in the slot after the names of the scope.
std::optional<Node> parse_tests(std::string_view text, const Scope& scope,
                                std::vector<Mistake>& mistakes);

inline constexpr int deepest_expression = 64;
inline constexpr std::size_t longest_expression = 64 * 1024;
/// `a + b - c ...`, `a.b[1].c ...`: each link makes the tree one level deeper. `and` and `or` do
/// not.
inline constexpr int longest_chain = 1000;
/// The maximum number of reported unknown names.
inline constexpr std::size_t most_mistakes = 50;

}  // namespace workflow::feel
