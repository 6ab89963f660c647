#include <workflow/feel.hpp>

#include <fmt/format.h>

#include "../base/diagnostics.hpp"
#include "expression.hpp"

namespace workflow::inline v0 {

struct FeelExpression::Contents {
    feel::Expression expression;
    std::size_t names = 0;
};

namespace {

/// Returns the type that `text` names; no value, with a finding, if it is not a type.
std::optional<feel::Type> type_of(const FeelName& name, DiagnosticSink& findings) {
    std::vector<feel::Mistake> mistakes;
    const auto function =
        feel::compile(fmt::format("function(x: {}) null", name.type), {}, mistakes);
    if (mistakes.empty() && function.type().entries.size() == 1)
        return function.type().entries.front().type;
    findings.add("unknown-type", {},
                 fmt::format("`{}` is not a valid type for `{}`", name.type, name.name));
    return {};
}

template <class Compile>
FeelExpression::Compiled compiled(std::string_view text, const std::vector<FeelName>& names,
                                  const Compile& compile) {
    FeelExpression::Compiled made;
    Sources sources;
    const auto source = sources.add(Source("", std::string(text)));
    DiagnosticSink findings(sources);
    feel::Scope scope;
    for (const auto& name : names)
        if (auto type = type_of(name, findings))
            scope.names.push_back({name.name, std::move(*type)});
    std::vector<feel::Mistake> mistakes;
    if (!findings.has_errors()) compile(scope, mistakes, findings, made);
    for (auto& mistake : mistakes)
        findings.add(feel::finding_of(mistake.kind), {source, mistake.begin, mistake.end},
                     std::move(mistake.message), std::move(mistake.hint));
    if (findings.has_errors()) made.expression.reset();
    made.diagnostics = findings.take();
    return made;
}

}  // namespace

FeelExpression::Compiled FeelExpression::compile(std::string_view text,
                                                 const std::vector<FeelName>& names) {
    return compiled(text, names, [&](const auto& scope, auto& mistakes, auto&, Compiled& made) {
        made.expression.emplace().contents_ = std::make_shared<const Contents>(
            Contents{feel::compile(text, scope, mistakes), names.size()});
    });
}

FeelExpression::Compiled FeelExpression::compile_unary_tests(std::string_view text,
                                                             const FeelName& input,
                                                             const std::vector<FeelName>& names) {
    return compiled(
        text, names, [&](const auto& scope, auto& mistakes, auto& findings, Compiled& made) {
            const auto type = type_of(input, findings);
            if (!type) return;
            made.expression.emplace().contents_ = std::make_shared<const Contents>(Contents{
                feel::compile_unary_tests(text, scope, *type, mistakes), names.size() + 1});
        });
}

FeelOutcome FeelExpression::evaluate(std::span<const Value> values,
                                     const EvaluationLimits& limits) const {
    FeelOutcome outcome;
    feel::Evaluation evaluation;
    evaluation.moment = {limits.now, limits.offset};
    evaluation.budget = limits.budget;
    evaluation.problems = &outcome.problems;
    std::vector<Value> all;
    if (values.size() < contents_->names) {
        all.assign(values.begin(), values.end());
        all.resize(contents_->names);
        values = all;
    }
    outcome.value = contents_->expression.evaluate(values, evaluation);
    if (evaluation.budget == 0)
        outcome.problems.push_back(
            fmt::format("the evaluation was stopped after {} steps", limits.budget));
    return outcome;
}

std::string FeelExpression::type() const {
    return to_string(contents_->expression.type());
}

}  // namespace workflow::inline v0
