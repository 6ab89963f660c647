#include <workflow/feel.hpp>

#include <fmt/format.h>

#include "../base/source.hpp"
#include "expression.hpp"

namespace workflow {

struct FeelExpression::Contents {
    feel::Expression expression;
    std::size_t names = 0;
};

namespace {

Diagnostic diagnostic_of(const feel::Mistake& mistake, const Sources& sources) {
    Diagnostic finding;
    finding.code = mistake.kind == feel::Mistake::Kind::syntax         ? "WF0501"
                   : mistake.kind == feel::Mistake::Kind::unknown_name ? "WF0502"
                   : mistake.kind == feel::Mistake::Kind::type         ? "WF0503"
                                                                       : "WF0504";
    finding.span = sources.span({0, mistake.begin, mistake.end});
    finding.message = mistake.message;
    finding.hint = mistake.hint;
    finding.source_line = sources.at(0).line(finding.span.line);
    return finding;
}

/// The type that `text` writes; nothing, with a finding, when it is none.
std::optional<feel::Type> type_of(const FeelName& name, std::vector<Diagnostic>& diagnostics) {
    std::vector<feel::Mistake> mistakes;
    const auto function =
        feel::compile(fmt::format("function(x: {}) null", name.type), {}, mistakes);
    if (mistakes.empty() && function.type().entries.size() == 1)
        return function.type().entries.front().type;
    Diagnostic finding;
    finding.code = "WF0807";
    finding.message = fmt::format("`{}` is no type for `{}`", name.type, name.name);
    diagnostics.push_back(std::move(finding));
    return {};
}

template <class Compile>
FeelExpression::Compiled compiled(std::string_view text, const std::vector<FeelName>& names,
                                  const Compile& compile) {
    FeelExpression::Compiled made;
    feel::Scope scope;
    for (const auto& name : names)
        if (auto type = type_of(name, made.diagnostics))
            scope.names.push_back({name.name, std::move(*type)});
    if (!made.diagnostics.empty()) return made;
    Sources sources;
    sources.add(Source("", std::string(text)));
    std::vector<feel::Mistake> mistakes;
    compile(scope, mistakes, made);
    for (const auto& mistake : mistakes)
        made.diagnostics.push_back(diagnostic_of(mistake, sources));
    if (!made.diagnostics.empty()) made.expression.reset();
    return made;
}

}  // namespace

FeelExpression::Compiled FeelExpression::compile(std::string_view text,
                                                 const std::vector<FeelName>& names) {
    return compiled(text, names, [&](const auto& scope, auto& mistakes, Compiled& made) {
        made.expression.emplace().contents_ = std::make_shared<const Contents>(
            Contents{feel::compile(text, scope, mistakes), names.size()});
    });
}

FeelExpression::Compiled FeelExpression::compile_unary_tests(std::string_view text,
                                                             const FeelName& input,
                                                             const std::vector<FeelName>& names) {
    return compiled(text, names, [&](const auto& scope, auto& mistakes, Compiled& made) {
        const auto type = type_of(input, made.diagnostics);
        if (!type) return;
        made.expression.emplace().contents_ = std::make_shared<const Contents>(
            Contents{feel::compile_unary_tests(text, scope, *type, mistakes), names.size() + 1});
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
            fmt::format("the evaluation was cut short after {} steps", limits.budget));
    return outcome;
}

std::string FeelExpression::type() const {
    return to_string(contents_->expression.type());
}

}  // namespace workflow
