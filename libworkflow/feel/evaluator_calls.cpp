// Calls of built-in functions, and functions as values.

#include <algorithm>

#include "builtins/table.hpp"
#include "conform.hpp"
#include "function.hpp"
#include "interpreter.hpp"

namespace workflow::feel {
namespace {

/// The maximum total depth of trees when functions call functions: all of them are on the machine's
/// stack.
constexpr std::uint32_t deepest_calls = 3'000;

/// A function that an expression defines, with the names visible there.
class Closure final : public Function {
public:
    Closure(const Node& node, std::span<const Value> slots, std::vector<Value> locals)
        : body_(node.body),
          first_(node.index),
          height_(node.height),
          slots_(slots.begin(), slots.end()),
          locals_(std::move(locals)) {
        for (std::size_t i = 0; i < node.names.size(); ++i)
            parameters_.push_back({node.names[i], node.types[i]});
    }

    [[nodiscard]] std::span<const Parameter> parameters() const override { return parameters_; }

    [[nodiscard]] Value call(std::span<const Value> arguments,
                             Evaluation& evaluation) const override {
        if (!body_ || arguments.size() != parameters_.size()) return {};
        if (evaluation.depth + height_ > deepest_calls) {
            evaluation.problem("functions call each other too deeply");
            return {};
        }
        auto locals = locals_;
        locals.resize(first_);
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            auto taken = coerce(arguments[i], parameters_[i].type);
            // An argument of another type makes the result of the whole call null.
            if (taken.is_null() && !arguments[i].is_null()) return {};
            locals.push_back(std::move(taken));
        }
        evaluation.depth += height_;
        auto answer = Interpreter(slots_, std::move(locals), evaluation).value(*body_);
        evaluation.depth -= height_;
        return answer;
    }

private:
    std::shared_ptr<const Node> body_;
    std::uint32_t first_, height_;
    std::vector<Value> slots_, locals_;
    std::vector<Parameter> parameters_;
};

/// A list of one item is allowed for a single item, and the reverse (DMN 1.5, 10.3.2.9.4).
void adapt(Value& argument, Kind wanted) {
    if (wanted == Kind::any) return;
    if (wanted == Kind::list) {
        if (!argument.is_null() && !argument.as<List>()) argument = List{std::move(argument)};
        return;
    }
    const auto* list = argument.as<List>();
    if (list && list->size() == 1) {
        auto item = list->front();
        argument = std::move(item);
    }
}

}  // namespace

Value invoke(const Function& function, std::span<const Value> arguments, Evaluation& evaluation) {
    constexpr std::uint32_t levels = 12;
    if (!spend(evaluation.budget, 1) || evaluation.depth + levels > deepest_calls) return {};
    evaluation.depth += levels;
    auto answer = function.call(arguments, evaluation);
    evaluation.depth -= levels;
    return answer;
}

Value Interpreter::call(const Node& node) {
    const auto& builtin = *node.builtin;
    std::vector<Value> arguments;
    arguments.reserve(node.parts.size());
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        arguments.push_back(value(node.parts[i]));
        if (i < builtin.parameters.size()) adapt(arguments.back(), builtin.parameters[i].kind);
    }
    if (budget_ == 0) return {};
    auto answer = builtin.apply(arguments, Call(evaluation_, node.pattern.get()));
    return budget_ == 0 ? Value() : built(std::move(answer));
}

Value Interpreter::invocation(const Node& node) {
    const auto callee = value(node.parts[0]);
    const auto* function = callee.as<Function>();
    std::vector<Value> given;
    for (std::size_t i = 1; i < node.parts.size(); ++i) given.push_back(value(node.parts[i]));
    if (budget_ == 0) return {};
    if (!function) {
        evaluation_.problem("the called value is not a function");
        return {};
    }
    if (node.names.empty()) return invoke(*function, given, evaluation_);
    const auto parameters = function->parameters();
    std::vector<Value> arguments(parameters.size());
    if (given.size() != parameters.size()) return {};
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto parameter =
            std::find_if(parameters.begin(), parameters.end(),
                         [&](const auto& one) { return one.name == node.names[i]; });
        if (parameter == parameters.end()) {
            evaluation_.problem("the function has no parameter " + node.names[i]);
            return {};
        }
        arguments[static_cast<std::size_t>(parameter - parameters.begin())] = std::move(given[i]);
    }
    return invoke(*function, arguments, evaluation_);
}

Value Interpreter::function(const Node& node) {
    if (!spend(budget_, 1 + slots_.size() / 4 + locals_.size() / 4)) return {};
    return Value(
        std::shared_ptr<const Function>(std::make_shared<const Closure>(node, slots_, locals_)));
}

}  // namespace workflow::feel
