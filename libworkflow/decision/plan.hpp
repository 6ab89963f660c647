#pragma once

/// Boxed expressions, compiled: what a decision does when it is evaluated.

#include <memory>
#include <string>
#include <vector>

#include "../feel/expression.hpp"
#include "../feel/function.hpp"
#include "constraint.hpp"
#include "model.hpp"

namespace workflow::decision {

class CompiledTable;

/// The names in visibility of a piece of logic, as they stand in its slots, from outer to inner.
class Names {
public:
    explicit Names(const Types& types);
    /// Puts a name in visibility; one outside of the same name is hidden.
    void push(const std::string& name, feel::Type type);
    void pop();
    [[nodiscard]] const feel::Scope& scope() const { return scope_; }

private:
    feel::Scope scope_;
    std::vector<std::pair<std::size_t, std::string>> hidden_;  ///< slot 0 and up; by each push
};

/// Compiled logic. Its kinds and parts are those of `Logic`. Immutable.
struct Plan : std::enable_shared_from_this<Plan> {
    Logic::Kind kind = Logic::Kind::none;
    feel::Expression expression;
    feel::Expression refuses;  ///< of a filter: the items for which its condition is none
    std::vector<std::string> names;
    std::vector<ConstraintPtr> constraints;  ///< one a name
    std::vector<std::shared_ptr<const Plan>> parts;
    std::shared_ptr<const CompiledTable> table;
    ConstraintPtr result;
};

/// Compiles `logic` for the names in visibility; these are the same afterwards.
std::shared_ptr<const Plan> compile_logic(const Logic& logic, Names& names, const Types& types,
                                          DiagnosticSink& findings);

/// What is known beforehand of the value that a plan makes.
feel::Type type_of(const Plan& plan);

/// What the names in visibility stand for, and what an evaluation may cost.
struct Run {
    std::vector<Value> slots;
    feel::Evaluation& evaluation;
};

/// The value of a plan. Never throws on any input but for lack of memory; `run.slots` is the same
/// afterwards.
Value evaluate(const Plan& plan, Run& run);

/// A function of a model: its parameters, and the names it saw where it was made. In slot `self`,
/// if given, it sees itself.
std::shared_ptr<const feel::Function> closure(std::shared_ptr<const Plan> function,
                                              std::vector<Value> slots,
                                              std::optional<std::size_t> self = {});

}  // namespace workflow::decision
