#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "../feel/operators.hpp"

namespace workflow::decision {
namespace {

bool holds(const Value& value) {
    const auto* truth = value.as<bool>();
    return truth && *truth;
}

/// Evaluates tests; the tested input follows the visible names.
Value tested(const feel::Expression& tests, const Value& input, Run& run) {
    run.slots.push_back(input);
    auto answer = tests.evaluate(run.slots, run.evaluation);
    run.slots.pop_back();
    return answer;
}

}  // namespace

std::optional<List> CompiledTable::inputs(Run& run) const {
    List values;
    values.reserve(inputs_.size());
    for (const auto& input : inputs_) {
        auto value = conform(input.expression.evaluate(run.slots, run.evaluation),
                             input.constraint.get(), run.evaluation);
        if (input.values && !holds(tested(input.values, value, run))) {
            run.evaluation.problem(fmt::format(
                "the input {} is not among the values that the table allows", to_string(value)));
            return {};
        }
        values.push_back(std::move(value));
    }
    return values;
}

bool CompiledTable::applies(const Rule& rule, const List& inputs, const RuleIndex::Settled& settled,
                            Run& run) const {
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!settled[i] && rule.tests[i] && !holds(tested(rule.tests[i], inputs[i], run)))
            return false;
    return true;
}

std::vector<std::size_t> CompiledTable::hits(const List& inputs, Run& run) const {
    std::vector<std::size_t> found;
    index_.visit(inputs, [&](std::size_t i, const RuleIndex::Settled& settled) {
        if (!applies(rules_[i], inputs, settled, run)) return true;
        found.push_back(i);
        return policy_ != HitPolicy::first;
    });
    return found;
}

feel::Type CompiledTable::type() const {
    const auto type_of_output = [](const Output& output) {
        auto type = type_of(output.constraint);
        if (type.kind != feel::Kind::string || output.values.empty()) return type;
        for (const auto& value : output.values)
            if (const auto* text = value.as<std::string>()) type.values.push_back(*text);
        if (type.values.size() != output.values.size()) type.values.clear();
        return type;
    };
    feel::Type type;
    if (aggregation_ == Aggregation::count) {
        type.kind = feel::Kind::number;
        return type;
    }
    if (outputs_.size() == 1) {
        type = type_of_output(outputs_.front());
    } else {
        type.kind = feel::Kind::context;
        for (const auto& output : outputs_)
            type.entries.emplace_back(output.name, type_of_output(output));
    }
    const bool several = policy_ == HitPolicy::rule_order || policy_ == HitPolicy::output_order ||
                         (policy_ == HitPolicy::collect && aggregation_ == Aggregation::none);
    if (!several) return type;
    feel::Type list;
    list.kind = feel::Kind::list;
    list.element = std::make_shared<const feel::Type>(std::move(type));
    return list;
}

/// Returns the value of a single output, or a context of several outputs.
Value CompiledTable::whole(std::vector<Value> parts) const {
    if (parts.size() == 1) return std::move(parts.front());
    Context entries;
    for (std::size_t i = 0; i < parts.size(); ++i)
        entries.emplace_back(outputs_[i].name, std::move(parts[i]));
    return entries;
}

/// Returns the result of an output, or null if it is not among the output's values.
Value CompiledTable::checked(Value value, const Output& output, Run& run) const {
    auto taken = conform(std::move(value), output.constraint.get(), run.evaluation);
    if (!output.allowed || taken.is_null() || holds(tested(output.allowed, taken, run)))
        return taken;
    run.evaluation.problem(fmt::format("the result {} is not among the values of the output {}",
                                       to_string(taken), output.name));
    return {};
}

Value CompiledTable::result(const Rule& rule, Run& run) const {
    std::vector<Value> parts;
    for (std::size_t i = 0; i < outputs_.size(); ++i)
        parts.push_back(
            checked(rule.results[i].evaluate(run.slots, run.evaluation), outputs_[i], run));
    return whole(std::move(parts));
}

/// Returns the result if no rule applies.
Value CompiledTable::otherwise(Run& run) const {
    const bool given = std::any_of(outputs_.begin(), outputs_.end(), [](const Output& output) {
        return static_cast<bool>(output.otherwise);
    });
    if (!given) {
        if (policy_ != HitPolicy::collect && policy_ != HitPolicy::rule_order &&
            policy_ != HitPolicy::output_order)
            return {};
        if (aggregation_ == Aggregation::none) return List();
        return aggregation_ == Aggregation::count ? Value(decimal_of(0)) : Value();
    }
    std::vector<Value> parts;
    for (const auto& output : outputs_)
        parts.push_back(checked(output.otherwise.evaluate(run.slots, run.evaluation), output, run));
    return whole(std::move(parts));
}

Value CompiledTable::aggregate(const List& results, feel::Evaluation& evaluation) const {
    if (aggregation_ == Aggregation::none) return results;
    if (aggregation_ == Aggregation::count)
        return decimal_of(static_cast<std::int64_t>(results.size()));
    Value answer = results.front();
    for (std::size_t i = 1; i < results.size(); ++i) {
        const auto& next = results[i];
        if (aggregation_ == Aggregation::sum) {
            answer = feel::add(answer, next);
            continue;
        }
        const auto lies = feel::order(next, answer);
        if (!lies) {
            evaluation.problem("the results of the rules have no order");
            return {};
        }
        if (aggregation_ == Aggregation::min ? *lies < 0 : *lies > 0) answer = next;
    }
    return answer;
}

/// Returns the positions of the parts of a result among the output values; a smaller position has
/// priority.
std::vector<std::size_t> CompiledTable::priority(const Value& result) const {
    std::vector<std::size_t> places;
    const auto place = [&](const Value& value, const List& values) {
        const auto found = std::find(values.begin(), values.end(), value);
        places.push_back(static_cast<std::size_t>(found - values.begin()));
    };
    if (outputs_.size() == 1) {
        place(result, outputs_.front().values);
        return places;
    }
    if (const auto* entries = result.as<Context>())
        for (std::size_t i = 0; i < outputs_.size(); ++i)
            place((*entries)[i].second, outputs_[i].values);
    return places;
}

Value CompiledTable::evaluate(Run& run) const {
    const auto given = inputs(run);
    if (!given) return {};
    const auto found = hits(*given, run);
    if (run.evaluation.budget == 0) return {};
    if (found.empty()) return otherwise(run);
    if (policy_ == HitPolicy::unique && found.size() > 1) {
        run.evaluation.problem(
            fmt::format("rules {} and {} both apply, but the hit policy allows only one",
                        found[0] + 1, found[1] + 1));
        return {};
    }
    List results;
    if (run.evaluation.hits)
        for (const auto rule : found)
            run.evaluation.hits->push_back({mark_, rules_[rule].mark, rule + 1});
    for (const auto rule : found) results.push_back(result(rules_[rule], run));
    switch (policy_) {
        case HitPolicy::unique:
        case HitPolicy::first:
            return results.front();
        case HitPolicy::any:
            for (std::size_t i = 1; i < results.size(); ++i) {
                if (results[i] == results.front()) continue;
                run.evaluation.problem(
                    fmt::format("rules {} and {} both apply and give different results",
                                found[0] + 1, found[i] + 1));
                return {};
            }
            return results.front();
        case HitPolicy::rule_order:
            return results;
        case HitPolicy::collect:
            return aggregate(results, run.evaluation);
        case HitPolicy::priority:
        case HitPolicy::output_order:
            std::stable_sort(results.begin(), results.end(), [&](const Value& a, const Value& b) {
                return priority(a) < priority(b);
            });
            return policy_ == HitPolicy::priority ? results.front() : Value(std::move(results));
    }
    return {};
}

}  // namespace workflow::decision
