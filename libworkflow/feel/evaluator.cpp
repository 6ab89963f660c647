// Values: constants, names, arithmetic, lists, contexts, ranges, paths.

#include "evaluator.hpp"

#include "../base/decimal.hpp"
#include "conform.hpp"
#include "interpreter.hpp"
#include "operators.hpp"

namespace workflow::feel {

Value Interpreter::value(const Node& node) {
    if (!spend(budget_, 1)) return {};
    switch (node.op) {
        case Operator::constant:
            return copy(node.value);
        case Operator::slot:
            return node.index < slots_.size() ? copy(slots_[node.index]) : Value();
        case Operator::local:
            return node.index < locals_.size() ? copy(locals_[node.index]) : Value();
        case Operator::negate:
        case Operator::add:
        case Operator::subtract:
        case Operator::multiply:
        case Operator::divide:
        case Operator::power:
            return arithmetic(node);
        case Operator::equal:
        case Operator::not_equal:
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal:
        case Operator::both:
        case Operator::either:
        case Operator::between:
        case Operator::in:
        case Operator::none_of:
            return value_from(holds(node));
        case Operator::test_equal:
        case Operator::test_not_equal:
        case Operator::test_less:
        case Operator::test_less_equal:
        case Operator::test_greater:
        case Operator::test_greater_equal:
        case Operator::test_value:
        case Operator::test_holds:
            return {};  // used only by membership()
        case Operator::condition:
            return value(node.parts[holds(node.parts[0]) == Truth::yes ? 1 : 2]);
        case Operator::list:
            return list(node);
        case Operator::context:
            return context(node);
        case Operator::range:
            return range(node);
        case Operator::path:
            return path(node);
        case Operator::item_entry:
            return item_entry(node);
        case Operator::filter:
            return filter(node);
        case Operator::call:
            return call(node);
        case Operator::invoke:
            return invocation(node);
        case Operator::function:
        case Operator::external:
            return function(node);
        case Operator::instance_of: {
            Value store;
            const auto& given = look(node.parts[0], store);
            const auto& type = node.types[0];
            // Null is an instance only of its own type and of Any.
            if (given.is_null()) return type.kind == Kind::null;
            return conforms(given, type);
        }
        case Operator::loop:
        case Operator::some:
        case Operator::every:
            return loop(node);
    }
    return {};
}

const Value& Interpreter::look(const Node& node, Value& store) {
    if (node.op == Operator::constant) return node.value;
    if (node.op == Operator::slot && node.index < slots_.size()) return slots_[node.index];
    store = value(node);
    return store;
}

Value Interpreter::arithmetic(const Node& node) {
    Value left_store, right_store;
    const auto& left = look(node.parts[0], left_store);
    if (node.op == Operator::negate) return negate(left);
    const auto& right = look(node.parts[1], right_store);
    switch (node.op) {
        case Operator::add:
            if (!spend(budget_, cost_of_copy(left) + cost_of_copy(right))) return {};
            return add(left, right);
        case Operator::subtract:
            return subtract(left, right);
        case Operator::multiply:
            return multiply(left, right);
        case Operator::divide:
            return divide(left, right);
        default:
            return spend(budget_, 20) ? power(left, right) : Value();
    }
}

Value Interpreter::list(const Node& node) {
    List items;
    items.reserve(node.parts.size());
    for (const auto& part : node.parts) items.push_back(value(part));
    return built(std::move(items));
}

/// Each entry can use the entries before it.
Value Interpreter::context(const Node& node) {
    Context entries;
    entries.reserve(node.parts.size());
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        auto one = value(node.parts[i]);
        locals_.resize(node.index + i);
        locals_.push_back(one);
        entries.emplace_back(node.names[i], std::move(one));
    }
    locals_.resize(node.index);
    return built(std::move(entries));
}

/// Ends of different kinds make no range; one end may be open.
Value Interpreter::range(const Node& node) {
    Range made{value(node.parts[0]), value(node.parts[1]), node.low_included, node.high_included};
    const bool open = !node.name.empty();
    if (!open) {
        const auto lies = order(made.low, made.high);
        if (!lies || *lies > 0) return {};
    }
    return built(std::move(made));
}

/// On a list, returns the path of each item.
Value Interpreter::path(const Node& node) {
    Value store;
    const auto& from = look(node.parts[0], store);
    const auto* items = from.as<List>();
    if (!items) return copy(entry(from, node.name).value_or(Value()));
    List taken;
    for (const auto& item : *items) {
        if (!spend(budget_, 1)) return {};
        taken.push_back(copy(entry(item, node.name).value_or(Value())));
    }
    return built(std::move(taken));
}

Value Interpreter::item_entry(const Node& node) {
    Value store;
    const auto& item = look(node.parts[0], store);
    if (item.as<Context>())
        if (auto held = entry(item, node.name)) return copy(*held);
    return value(node.parts[1]);
}

Value evaluate(const Node& root, std::span<const Value> slots, Evaluation& evaluation) {
    auto answer = Interpreter(slots, evaluation).value(root);
    if (evaluation.budget > 0) return answer;
    evaluation.problem("the evaluation exceeded its limit of steps");
    return {};
}

}  // namespace workflow::feel
