// Comparisons, connectives and the tests of `in`.

#include "interpreter.hpp"
#include "operators.hpp"

namespace workflow::feel {

Truth truth_from(const Value& value) {
    const auto* holds = truth(value);
    return holds ? truth_from(*holds) : Truth::unknown;
}

namespace {

Truth opposite(Truth truth) {
    return truth == Truth::unknown ? truth : truth_from(truth == Truth::no);
}

Truth ordered(Operator op, const Value& left, const Value& right) {
    const auto lies = order(left, right);
    if (!lies) return Truth::unknown;
    switch (op) {
        case Operator::less:
        case Operator::test_less:
            return truth_from(*lies < 0);
        case Operator::less_equal:
        case Operator::test_less_equal:
            return truth_from(*lies <= 0);
        case Operator::greater:
        case Operator::test_greater:
            return truth_from(*lies > 0);
        default:
            return truth_from(*lies >= 0);
    }
}

}  // namespace

Truth Interpreter::holds(const Node& node) {
    if (!spend(budget_, 1)) return Truth::unknown;
    switch (node.op) {
        case Operator::equal:
        case Operator::not_equal:
            return equality(node);
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal:
            return comparison(node);
        case Operator::both:
            return connective(node, Truth::no);
        case Operator::either:
            return connective(node, Truth::yes);
        case Operator::between:
            return between(node);
        case Operator::in:
            return membership(node);
        case Operator::none_of:
            return opposite(membership(node));
        default:
            break;
    }
    Value store;
    return truth_from(look(node, store));
}

/// Takes the cost of a composite value from the budget before it is compared.
bool Interpreter::comparable(const Value& value) {
    return (!value.as<List>() && !value.as<Context>()) || spend_for(budget_, value);
}

Truth Interpreter::equality(const Node& node) {
    Value left_store, right_store;
    const auto& left = look(node.parts[0], left_store);
    const auto& right = look(node.parts[1], right_store);
    if (!comparable(left)) return Truth::unknown;
    const auto same = truth_from(equals(left, right));
    return node.op == Operator::equal ? same : opposite(same);
}

Truth Interpreter::comparison(const Node& node) {
    Value left_store, right_store;
    const auto& left = look(node.parts[0], left_store);
    return ordered(node.op, left, look(node.parts[1], right_store));
}

/// and, or: a decisive value determines the result; it is null if there is none and some value is
/// unknown.
Truth Interpreter::connective(const Node& node, Truth decisive) {
    auto answer = decisive == Truth::no ? Truth::yes : Truth::no;
    for (const auto& part : node.parts) {
        const auto one = holds(part);
        if (one == decisive) return decisive;
        if (one == Truth::unknown) answer = Truth::unknown;
    }
    return answer;
}

Truth Interpreter::between(const Node& node) {
    Value middle_store, low_store, high_store;
    const auto& middle = look(node.parts[0], middle_store);
    const auto low = ordered(Operator::greater_equal, middle, look(node.parts[1], low_store));
    const auto high = ordered(Operator::less_equal, middle, look(node.parts[2], high_store));
    if (low == Truth::no || high == Truth::no) return Truth::no;
    return low == Truth::unknown ? low : high;
}

Truth Interpreter::membership(const Node& node) {
    Value store;
    const auto& wanted = look(node.parts[0], store);
    auto answer = Truth::no;
    for (std::size_t i = 1; i < node.parts.size(); ++i) {
        const auto one = test(node.parts[i], wanted);
        if (one == Truth::yes) return one;
        if (one == Truth::unknown) answer = one;
    }
    return answer;
}

Truth Interpreter::test(const Node& node, const Value& wanted) {
    const auto& operand = node.parts[0];
    if (node.op == Operator::test_holds) return holds(operand);
    Value store;
    const auto& given = look(operand, store);
    if ((given.as<List>() || given.as<Context>()) && !comparable(given)) return Truth::unknown;
    switch (node.op) {
        case Operator::test_value: {
            if (operand.op == Operator::range && given.is_null()) return Truth::unknown;
            const auto met = truth_from(meets(wanted, given));
            // A condition that does not refer to the value at all.
            if (met != Truth::yes && given.as<bool>() && !wanted.as<bool>())
                return truth_from(given);
            return met;
        }
        case Operator::test_equal:
            return truth_from(equals(wanted, given));
        case Operator::test_not_equal:
            return opposite(truth_from(equals(wanted, given)));
        default:
            return ordered(node.op, wanted, given);
    }
}

}  // namespace workflow::feel
