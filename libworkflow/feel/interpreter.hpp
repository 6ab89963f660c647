#pragma once

/// Internal to the evaluator: one traversal of a tree. Its parts are in evaluator*.cpp.

#include <span>
#include <vector>

#include "ast.hpp"
#include "budget.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Three-valued truth, small enough to be passed in conditions instead of values.
enum class Truth : std::uint8_t { no, yes, unknown };

class Interpreter {
public:
    Interpreter(std::span<const Value> slots, Evaluation& evaluation)
        : slots_(slots), evaluation_(evaluation), budget_(evaluation.budget) {}
    Interpreter(std::span<const Value> slots, std::vector<Value> locals, Evaluation& evaluation)
        : slots_(slots),
          evaluation_(evaluation),
          budget_(evaluation.budget),
          locals_(std::move(locals)) {}

    Value value(const Node& node);
    /// Returns the truth of a node without creating a value, if its operator allows that.
    Truth holds(const Node& node);

private:
    Value copy(const Value& value) { return spend(budget_, cost_of_copy(value)) ? value : Value(); }
    /// Returns a value that was assembled from others, and takes its full cost from the budget.
    Value built(Value value) { return spend_for(budget_, value) ? std::move(value) : Value(); }
    /// Returns the value without a copy if it already exists; otherwise stores it in `store`.
    const Value& look(const Node& node, Value& store);

    Value arithmetic(const Node& node);
    Value list(const Node& node);
    Value context(const Node& node);
    Value range(const Node& node);
    Value path(const Node& node);
    Value item_entry(const Node& node);
    Value filter(const Node& node);
    Value loop(const Node& node);
    Value call(const Node& node);
    Value invocation(const Node& node);
    Value function(const Node& node);

    bool comparable(const Value& value);
    Truth equality(const Node& node);
    Truth comparison(const Node& node);
    Truth connective(const Node& node, Truth decisive);
    Truth between(const Node& node);
    Truth membership(const Node& node);
    Truth test(const Node& node, const Value& wanted);

    struct Looping;
    bool iterate(Looping& looping, std::size_t variable);
    bool body(Looping& looping);

    std::span<const Value> slots_;
    Evaluation& evaluation_;
    std::uint32_t& budget_;
    std::vector<Value> locals_;
};

Truth truth_from(const Value& value);
inline Truth truth_from(bool holds) {
    return holds ? Truth::yes : Truth::no;
}
inline Value value_from(Truth truth) {
    return truth == Truth::unknown ? Value() : Value(truth == Truth::yes);
}

}  // namespace workflow::feel
