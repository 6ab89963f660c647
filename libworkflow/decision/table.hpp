#pragma once

/// Decision tables, compiled (DMN 1.5, 8).

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan.hpp"
#include "rule_index.hpp"

namespace workflow::decision {

/// A table ready for evaluation. Immutable.
class CompiledTable {
public:
    static std::shared_ptr<const CompiledTable> compile(const Table& table,
                                                        const feel::Scope& scope,
                                                        const Types& types,
                                                        DiagnosticSink& findings);

    /// Returns the result of the rules that apply, according to the hit policy. Returns null, and
    /// reports a problem, if an input has a value that its clause does not allow or rules
    /// contradict each other.
    Value evaluate(Run& run) const;
    /// Returns what is known in advance of the result.
    [[nodiscard]] feel::Type type() const;

private:
    struct Input {
        feel::Expression expression, values;
        ConstraintPtr constraint;
    };
    struct Output {
        std::string name;
        ConstraintPtr constraint;
        List values;               ///< in the order of their priority
        feel::Expression allowed;  ///< unary tests that a result must meet; empty: none
        feel::Expression otherwise;
    };
    struct Rule {
        std::vector<feel::Expression> tests;  ///< an empty one accepts every input
        std::vector<feel::Expression> results;
        Mark mark;
    };

    [[nodiscard]] std::optional<List> inputs(Run& run) const;
    [[nodiscard]] std::vector<std::size_t> hits(const List& inputs, Run& run) const;
    [[nodiscard]] bool applies(const Rule& rule, const List& inputs,
                               const RuleIndex::Settled& settled, Run& run) const;
    [[nodiscard]] Value checked(Value value, const Output& output, Run& run) const;
    Value result(const Rule& rule, Run& run) const;
    Value otherwise(Run& run) const;
    Value whole(std::vector<Value> parts) const;
    Value aggregate(const List& results, feel::Evaluation& evaluation) const;
    [[nodiscard]] std::vector<std::size_t> priority(const Value& result) const;

    HitPolicy policy_ = HitPolicy::unique;
    Aggregation aggregation_ = Aggregation::none;
    std::vector<Input> inputs_;
    std::vector<Output> outputs_;
    std::vector<Rule> rules_;
    RuleIndex index_;
    Mark mark_;
};

}  // namespace workflow::decision
