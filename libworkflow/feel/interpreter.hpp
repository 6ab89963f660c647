#pragma once

/// The evaluator's inside: one walk over a tree. Its parts lie in evaluator*.cpp.

#include <span>
#include <vector>

#include "ast.hpp"
#include "budget.hpp"
#include "expression.hpp"

namespace workflow::feel {

/// Three-valued truth, small enough to be passed about in conditions instead of values.
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
    /// The truth of a node without making a value of it, where its operator allows.
    Truth holds(const Node& node);

private:
    Value copy(const Value& value) { return spend(budget_, cost_of_copy(value)) ? value : Value(); }
    /// A value just put together of others, paid in full.
    Value built(Value value) { return spend_for(budget_, value) ? std::move(value) : Value(); }
    /// The value without a copy, where it stands ready; `store` holds it otherwise.
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
