// Evaluates parts that depend neither on names nor on the moment once, at compilation.

#include <algorithm>

#include "builtins/table.hpp"
#include "evaluator.hpp"
#include "interpreter.hpp"

namespace workflow::feel {
namespace {

bool is_test(Operator op) {
    return op == Operator::test_equal || op == Operator::test_not_equal ||
           op == Operator::test_less || op == Operator::test_less_equal ||
           op == Operator::test_greater || op == Operator::test_greater_equal ||
           op == Operator::test_value || op == Operator::test_holds;
}

/// Returns whether this operator always gives the same result for the same operands.
bool is_pure(const Node& node) {
    switch (node.op) {
        case Operator::constant:
        case Operator::slot:
        case Operator::local:
        case Operator::invoke:
        case Operator::function:
        case Operator::external:
            return false;
        case Operator::call:
            return !node.builtin->of_the_moment;
        default:
            return !is_test(node.op);
    }
}

bool is_constant(const Node& node) {
    return node.op == Operator::constant || (is_test(node.op) && is_constant(node.parts[0]));
}

/// Replaces a name with a constant value by that value.
void settle(Node& node, const Scope& scope) {
    if (node.op == Operator::slot && node.index < scope.names.size() &&
        scope.names[node.index].value) {
        node.op = Operator::constant;
        node.value = *scope.names[node.index].value;
    }
    for (auto& part : node.parts) settle(part, scope);
}

void fold(Node& node, std::uint32_t& budget) {
    for (auto& part : node.parts) fold(part, budget);
    if (!is_pure(node) || !std::all_of(node.parts.begin(), node.parts.end(), is_constant)) return;
    // A part that takes long or has a large value is left for the evaluation.
    Evaluation none;
    none.budget = std::min<std::uint32_t>(budget, 2'000);
    const auto given = none.budget;
    auto value = Interpreter({}, none).value(node);
    budget -= given - none.budget;
    if (none.budget == 0) return;
    // An invalid range must not be mistaken for a test for null.
    if (node.op == Operator::range && value.is_null()) return;
    node.op = Operator::constant;
    node.value = std::move(value);
    node.parts.clear();
    node.names.clear();
}

}  // namespace

void fold(Node& root, const Scope& scope) {
    const bool settled = std::any_of(scope.names.begin(), scope.names.end(),
                                     [](const Scope::Name& one) { return one.value.has_value(); });
    if (settled) settle(root, scope);
    auto budget = evaluation_budget;
    fold(root, budget);
}

}  // namespace workflow::feel
