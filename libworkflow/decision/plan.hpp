#pragma once

/// Boxed expressions, compiled for the evaluation of a decision.

#include <memory>
#include <string>
#include <vector>

#include "../feel/expression.hpp"
#include "../feel/function.hpp"
#include "constraint.hpp"
#include "model.hpp"

namespace workflow::decision {

class CompiledTable;

/// The visible names of a piece of logic, in the order of its slots, from outer to inner.
class Names {
public:
    explicit Names(const Types& types);
    /// Makes a name visible; hides an outer name that is the same.
    void push(const std::string& name, feel::Type type);
    void pop();
    [[nodiscard]] const feel::Scope& scope() const { return scope_; }

private:
    feel::Scope scope_;
    std::vector<std::pair<std::size_t, std::string>> hidden_;  ///< slot 0 and up; for each push
};

/// Compiled logic. Its kinds and parts are those of `Logic`. Immutable.
struct Plan : std::enable_shared_from_this<Plan> {
    Logic::Kind kind = Logic::Kind::none;
    feel::Expression expression;
    feel::Expression refuses;  ///< of a filter: the items for which its condition is not a boolean
    std::vector<std::string> names;
    std::vector<ConstraintPtr> constraints;  ///< one per name
    std::vector<std::shared_ptr<const Plan>> parts;
    std::shared_ptr<const CompiledTable> table;
    ConstraintPtr result;
};

/// Compiles `logic` for the visible names, which are unchanged afterwards.
std::shared_ptr<const Plan> compile_logic(const Logic& logic, Names& names, const Types& types,
                                          DiagnosticSink& findings);

/// Returns what is known in advance of the value of a plan.
feel::Type type_of(const Plan& plan);

/// The values of the visible names, and the budget of an evaluation.
struct Run {
    std::vector<Value> slots;
    feel::Evaluation& evaluation;
};

/// Returns the value of a plan. Throws only if memory is exhausted, on any input. `run.slots` is
/// unchanged afterwards.
Value evaluate(const Plan& plan, Run& run);

/// Returns a function of a model: its parameters, and the names that were visible where it was
/// defined. In slot `self`, if given, the function sees itself.
std::shared_ptr<const feel::Function> closure(std::shared_ptr<const Plan> function,
                                              std::vector<Value> slots,
                                              std::optional<std::size_t> self = {});

}  // namespace workflow::decision
