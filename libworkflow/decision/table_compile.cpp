#include <fmt/format.h>

#include "table.hpp"
#include "table_report.hpp"

namespace workflow::decision {
namespace {

/// Returns whether a test accepts every value: `-`, or empty.
bool is_any(const Text& text) {
    return text.text.empty() || text.text == "-";
}

/// Returns the values that an output can have, in their order, if the unary tests are all single
/// values.
List values_in_order(const Text& text) {
    if (text.text.empty()) return {};
    std::vector<feel::Mistake> mistakes;
    const auto list = feel::compile(fmt::format("[{}\n]", text.text), feel::Scope{}, mistakes,
                                    {.wanted = {}, .lenient = true});
    if (!list || !mistakes.empty()) return {};
    const auto value = list.evaluate({}, feel::Moment{});
    const auto* items = value.as<List>();
    return items ? *items : List();
}

/// Reports a constant result that is not among the output's values.
void check_result(const feel::Expression& result, const Text& text, const feel::Expression& allowed,
                  const feel::Scope& scope, DiagnosticSink& findings) {
    const auto value = result ? result.constant() : std::nullopt;
    if (!allowed || !value || value->is_null()) return;
    std::vector<Value> slots(scope.names.size());
    slots.push_back(*value);
    const auto answer = allowed.evaluate(slots, feel::Moment{});
    if (const auto* holds = answer.as<bool>(); holds && *holds) return;
    findings.add("result-not-listed", text.mark,
                 fmt::format("{} is not among the output's `values`", to_string(*value)),
                 "write one of them or add it to the `values`");
}

}  // namespace

std::shared_ptr<const CompiledTable> CompiledTable::compile(const Table& table,
                                                            const feel::Scope& scope,
                                                            const Types& types,
                                                            DiagnosticSink& findings) {
    auto made = std::make_shared<CompiledTable>();
    made->policy_ = table.policy;
    made->aggregation_ = table.aggregation;
    made->mark_ = table.mark;
    if (table.aggregation != Aggregation::none && table.policy != HitPolicy::collect)
        findings.add("bad-table", table.mark, "only the hit policy COLLECT has an aggregation");
    if (table.outputs.size() > 1 && table.aggregation != Aggregation::none &&
        table.aggregation != Aggregation::count)
        findings.add("bad-table", table.mark, "an aggregation requires a table with one output");
    for (const auto& clause : table.inputs) {
        Input input;
        if (!clause.expression.text.empty())
            input.expression = compile_text(clause.expression, scope, types.strictness(), findings);
        else
            findings.add("bad-table", clause.expression.mark, "this input has no expression");
        input.constraint = types.find(clause.type, clause.expression.mark, findings);
        const auto& type = input.constraint ? input.constraint->type : input.expression.type();
        if (!is_any(clause.values))
            input.values = compile_tests(clause.values, scope, type, types.strictness(), findings);
        made->inputs_.push_back(std::move(input));
    }
    for (const auto& clause : table.outputs) {
        Output output;
        output.name = clause.name;
        output.constraint = types.find(clause.type, clause.mark, findings);
        output.values = values_in_order(clause.values);
        if (!is_any(clause.values))
            output.allowed = compile_tests(clause.values, scope, type_of(output.constraint),
                                           types.strictness(), findings);
        if (!clause.otherwise.text.empty())
            output.otherwise = compile_text(clause.otherwise, scope, types.strictness(), findings);
        check_result(output.otherwise, clause.otherwise, output.allowed, scope, findings);
        if (output.values.empty() &&
            (table.policy == HitPolicy::priority || table.policy == HitPolicy::output_order))
            findings.add("no-priorities", clause.mark,
                         "this hit policy requires an order of output values, but none are listed",
                         "list the output values, the highest priority first");
        made->outputs_.push_back(std::move(output));
    }
    Cells cells;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const auto& input = made->inputs_[i];
        const auto& type = input.constraint ? input.constraint->type : input.expression.type();
        cells.domains.push_back({type.kind,
                                 input.values ? feel::constant_tests(input.values) : std::nullopt,
                                 table.inputs[i].whole});
    }
    for (const auto& written : table.rules) {
        Rule rule;
        cells.rules.emplace_back();
        for (std::size_t i = 0; i < written.tests.size(); ++i) {
            const auto& input = made->inputs_[i];
            const auto& type = input.constraint ? input.constraint->type : input.expression.type();
            rule.tests.push_back(
                is_any(written.tests[i])
                    ? feel::Expression()
                    : compile_tests(written.tests[i], scope, type, types.strictness(), findings));
            cells.rules.back().push_back(is_any(written.tests[i]) || rule.tests.back()
                                             ? feel::constant_tests(rule.tests.back())
                                             : std::nullopt);
        }
        for (const auto& text : written.results) {
            rule.results.push_back(text.text.empty()
                                       ? feel::Expression()
                                       : compile_text(text, scope, types.strictness(), findings));
            if (const auto i = rule.results.size() - 1; i < made->outputs_.size())
                check_result(rule.results[i], text, made->outputs_[i].allowed, scope, findings);
        }
        rule.mark = written.mark;
        made->rules_.push_back(std::move(rule));
    }
    const Grid grid(cells);
    made->index_ = RuleIndex(grid);
    report_table(table, grid, findings);
    return made;
}

}  // namespace workflow::decision
