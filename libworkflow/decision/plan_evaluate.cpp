#include <algorithm>

#include "../feel/iteration.hpp"
#include "plan.hpp"
#include "table.hpp"

namespace workflow::decision {
namespace {

/// A function that a boxed expression defines.
class Closure final : public feel::Function, public std::enable_shared_from_this<Closure> {
public:
    Closure(std::shared_ptr<const Plan> plan, std::vector<Value> slots,
            std::optional<std::size_t> self)
        : plan_(std::move(plan)), slots_(std::move(slots)), self_(self) {
        for (std::size_t i = 0; i < plan_->names.size(); ++i)
            parameters_.push_back({plan_->names[i], type_of(plan_->constraints[i])});
    }

    [[nodiscard]] std::span<const Parameter> parameters() const override { return parameters_; }

    [[nodiscard]] Value call(std::span<const Value> arguments,
                             feel::Evaluation& evaluation) const override {
        if (plan_->kind == Logic::Kind::external) {
            evaluation.problem("functions of other languages are not called");
            return {};
        }
        if (arguments.size() != parameters_.size()) {
            evaluation.problem("a function is called with the wrong number of arguments");
            return {};
        }
        Run run{slots_, evaluation};
        if (self_)
            run.slots[*self_] = Value(std::shared_ptr<const feel::Function>(shared_from_this()));
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            auto taken = conform(arguments[i], plan_->constraints[i].get(), evaluation);
            // An argument of another type makes the result of the whole call null.
            if (taken.is_null() && !arguments[i].is_null()) return {};
            run.slots.push_back(std::move(taken));
        }
        return conform(evaluate(*plan_->parts[0], run), plan_->result.get(), evaluation);
    }

private:
    std::shared_ptr<const Plan> plan_;
    std::vector<Value> slots_;
    std::optional<std::size_t> self_;
    std::vector<Parameter> parameters_;
};

Value context(const Plan& plan, Run& run) {
    const auto outer = run.slots.size();
    Context entries;
    Value result;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        auto value = evaluate(*plan.parts[i], run);
        if (i >= plan.names.size()) {
            run.slots.resize(outer);
            return value;
        }
        value = conform(std::move(value), plan.constraints[i].get(), run.evaluation);
        run.slots.push_back(value);
        entries.emplace_back(plan.names[i], std::move(value));
    }
    run.slots.resize(outer);
    return entries;
}

/// Assigns the arguments to parameters by name.
Value invocation(const Plan& plan, Run& run) {
    const auto callee = evaluate(*plan.parts[0], run);
    const auto* function = callee.as<feel::Function>();
    if (!function) {
        run.evaluation.problem("the invoked value is not a function");
        return {};
    }
    const auto parameters = function->parameters();
    std::vector<Value> arguments(parameters.size());
    for (std::size_t i = 0; i < plan.names.size(); ++i) {
        const auto parameter =
            std::find_if(parameters.begin(), parameters.end(),
                         [&](const auto& one) { return one.name == plan.names[i]; });
        if (parameter == parameters.end()) {
            run.evaluation.problem("the function has no parameter " + plan.names[i]);
            return {};
        }
        arguments[static_cast<std::size_t>(parameter - parameters.begin())] =
            conform(evaluate(*plan.parts[i + 1], run), plan.constraints[i].get(), run.evaluation);
    }
    return feel::invoke(*function, arguments, run.evaluation);
}

Value relation(const Plan& plan, Run& run) {
    const auto columns = plan.names.size();
    List rows;
    for (std::size_t cell = 0; cell < plan.parts.size(); cell += columns) {
        Context row;
        for (std::size_t i = 0; i < columns; ++i)
            row.emplace_back(plan.names[i], conform(evaluate(*plan.parts[cell + i], run),
                                                    plan.constraints[i].get(), run.evaluation));
        rows.emplace_back(std::move(row));
    }
    return rows;
}

bool holds(const Value& value) {
    const auto* truth = value.as<bool>();
    return truth && *truth;
}

Value filter(const Plan& plan, Run& run) {
    auto from = evaluate(*plan.parts[0], run);
    if (plan.expression) {
        run.slots.push_back(std::move(from));
        const auto refused = plan.refuses.evaluate(run.slots, run.evaluation);
        const auto* items = refused.as<List>();
        auto kept =
            items && items->empty() ? plan.expression.evaluate(run.slots, run.evaluation) : Value();
        run.slots.pop_back();
        return kept;
    }
    if (plan.parts.size() < 2 || from.is_null()) return {};
    const auto* items = from.as<List>();
    List kept;
    for (const auto& item : items ? *items : List{from}) {
        run.slots.push_back(item);
        if (holds(evaluate(*plan.parts[1], run))) kept.push_back(item);
        run.slots.pop_back();
    }
    return kept;
}

Value iteration(const Plan& plan, Run& run) {
    const auto from = evaluate(*plan.parts[0], run);
    const auto outer = run.slots.size();
    List results;
    auto answer = Value(plan.kind == Logic::Kind::every);
    const bool any = feel::for_each_item(from, [&](const Value& item) {
        if (run.evaluation.budget == 0) return false;
        --run.evaluation.budget;
        run.slots.push_back(item);
        if (plan.kind == Logic::Kind::loop) run.slots.emplace_back(results);
        auto value = evaluate(*plan.parts[1], run);
        run.slots.resize(outer);
        if (plan.kind == Logic::Kind::loop) {
            results.push_back(std::move(value));
            return true;
        }
        const auto* truth = value.as<bool>();
        if (!truth) answer = {};
        // A value other than true, false and null makes the result null.
        if (!truth && !value.is_null()) return false;
        const bool settled = truth && *truth == (plan.kind == Logic::Kind::some);
        if (settled) answer = *truth;
        return !settled;
    });
    if (!any || run.evaluation.budget == 0) return {};
    return plan.kind == Logic::Kind::loop ? Value(std::move(results)) : answer;
}

Value plain(const Plan& plan, Run& run) {
    switch (plan.kind) {
        case Logic::Kind::none:
            return {};
        case Logic::Kind::literal:
            return plan.expression.evaluate(run.slots, run.evaluation);
        case Logic::Kind::context:
            return context(plan, run);
        case Logic::Kind::invocation:
            return invocation(plan, run);
        case Logic::Kind::function:
        case Logic::Kind::external:
            return closure(plan.shared_from_this(), run.slots);
        case Logic::Kind::relation:
            return relation(plan, run);
        case Logic::Kind::list: {
            List items;
            for (const auto& part : plan.parts) items.push_back(evaluate(*part, run));
            return items;
        }
        case Logic::Kind::conditional: {
            const auto condition = evaluate(*plan.parts[0], run);
            if (!condition.is_null() && !condition.as<bool>()) return {};
            return evaluate(*plan.parts[holds(condition) ? 1 : 2], run);
        }
        case Logic::Kind::filter:
            return filter(plan, run);
        case Logic::Kind::loop:
        case Logic::Kind::some:
        case Logic::Kind::every:
            return iteration(plan, run);
        case Logic::Kind::table:
            return plan.table->evaluate(run);
    }
    return {};
}

}  // namespace

Value evaluate(const Plan& plan, Run& run) {
    if (run.evaluation.budget == 0) return {};
    --run.evaluation.budget;
    auto value = plain(plan, run);
    // The declared type of a function is the type of its result.
    if (plan.kind == Logic::Kind::function || plan.kind == Logic::Kind::external) return value;
    return conform(std::move(value), plan.result.get(), run.evaluation);
}

std::shared_ptr<const feel::Function> closure(std::shared_ptr<const Plan> function,
                                              std::vector<Value> slots,
                                              std::optional<std::size_t> self) {
    return std::make_shared<const Closure>(std::move(function), std::move(slots), self);
}

}  // namespace workflow::decision
