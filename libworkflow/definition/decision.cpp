#include "decision.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "readers.hpp"

namespace workflow::definition {

namespace {

using decision::Aggregation;
using decision::HitPolicy;
using decision::Logic;
using decision::Table;

struct Hit {
    std::string_view word;
    HitPolicy policy;
    Aggregation aggregation;
};
constexpr std::array<Hit, 11> hits{{{"unique", HitPolicy::unique, Aggregation::none},
                                    {"any", HitPolicy::any, Aggregation::none},
                                    {"first", HitPolicy::first, Aggregation::none},
                                    {"priority", HitPolicy::priority, Aggregation::none},
                                    {"rule order", HitPolicy::rule_order, Aggregation::none},
                                    {"output order", HitPolicy::output_order, Aggregation::none},
                                    {"collect", HitPolicy::collect, Aggregation::none},
                                    {"sum", HitPolicy::collect, Aggregation::sum},
                                    {"count", HitPolicy::collect, Aggregation::count},
                                    {"min", HitPolicy::collect, Aggregation::min},
                                    {"max", HitPolicy::collect, Aggregation::max}}};

constexpr std::array<std::string_view, 11> types{"string",
                                                 "number",
                                                 "whole number",
                                                 "boolean",
                                                 "date",
                                                 "time",
                                                 "date and time",
                                                 "days and time duration",
                                                 "years and months duration",
                                                 "strings",
                                                 "Any"};

decision::Text read_cell(const YamlNode& node, std::string_view what, DiagnosticSink& findings) {
    return read_expression(node, what, findings).value_or(decision::Text{});
}

/// The keys that an input and an output have in common.
struct Clause {
    std::string type = "Any";
    bool whole = false;
    decision::Text values, otherwise;
};

void read_type(const YamlNode& node, Clause& clause, DiagnosticSink& findings) {
    const auto word = read_word(node, "a type", types, findings);
    if (!word) return;
    clause.whole = types.at(*word) == "whole number";
    clause.type = types.at(*word);
}

/// Reads `years: number`, or a mapping with more keys.
Clause read_clause(const YamlNode& node, std::string_view group, DiagnosticSink& findings) {
    Clause clause;
    if (node.kind == YamlNode::Kind::scalar) {
        read_type(node, clause, findings);
        return clause;
    }
    const Form form(node, group, findings);
    if (const auto* type = form.find("type")) read_type(*type, clause, findings);
    if (const auto* title = form.find("title")) read_title(*title, findings);
    if (const auto* values = form.find("values"))
        clause.values = read_cell(*values, "`values`", findings);
    if (group == "decision.output")
        if (const auto* otherwise = form.find("otherwise"))
            clause.otherwise = read_cell(*otherwise, "`otherwise`", findings);
    return clause;
}

class DecisionReading {
public:
    DecisionReading(const YamlNode& tree, DiagnosticSink& findings)
        : tree_(tree), findings_(findings), form_(tree, "decision", findings) {}

    std::optional<DecisionFile> run() {
        const auto errors = findings_.errors();
        DecisionFile file;
        auto& made = file.element;
        made.kind = decision::Element::Kind::knowledge;
        made.mark = tree_.mark;
        if (const auto* id = form_.require("decision")) {
            made.id = read_id(*id, "the name of a decision", findings_).value_or("");
            made.variable.name = made.id;
            made.variable.mark = made.mark = id->mark;
        }
        if (const auto* title = form_.find("title")) read_title(*title, findings_);
        if (const auto* uses = form_.find("uses")) file.uses = read_uses(*uses, findings_);
        made.logic.kind = Logic::Kind::function;
        made.logic.mark = made.mark;
        read_inputs(made.logic);
        made.logic.parts.push_back(body());
        if (findings_.errors() != errors) return std::nullopt;
        return file;
    }

private:
    void read_inputs(Logic& function) {
        const auto* inputs = form_.require("inputs");
        if (!inputs) return;
        for (const auto& entry : read_entries(*inputs, "`inputs`", findings_)) {
            if (!is_field_name(entry.key))
                findings_.add("bad-id", entry.key_mark,
                              fmt::format("`{}` cannot be the name of an input", entry.key),
                              "use letters, digits and `_`, as for a field");
            auto clause = read_clause(entry.value, "decision.input", findings_);
            function.names.push_back({entry.key, clause.type, entry.key_mark});
            table_->inputs.push_back({{entry.key, entry.key_mark},
                                      std::move(clause.values),
                                      std::move(clause.type),
                                      clause.whole});
        }
    }

    Logic body() {
        Logic logic;
        logic.mark = tree_.mark;
        const auto* value = form_.find("value");
        if (value) {
            for (const std::string_view key : {"rules", "outputs", "hit"})
                if (form_.find(key))
                    findings_.add(
                        "keys-exclude-each-other", form_.key_mark(key),
                        "a decision has either a table with `outputs` and `rules`, or a `value`",
                        "split it into two decisions");
            for (const auto& input : table_->inputs)
                if (!input.values.empty())
                    findings_.add("idle-key", input.values.mark, "`values` applies only to a table",
                                  "delete it or turn the decision into a table");
            logic.kind = Logic::Kind::literal;
            logic.text = read_cell(*value, "`value`", findings_);
            return logic;
        }
        logic.kind = Logic::Kind::table;
        table_->mark = form_.key_mark("decision");
        read_hit();
        read_outputs();
        if (const auto* rules = form_.require("rules"))
            for (const auto* rule : read_list(*rules, "`rules`", findings_)) read_rule(*rule);
        logic.table = table_;
        return logic;
    }

    void read_hit() {
        const auto* node = form_.find("hit");
        if (!node) return;
        std::vector<std::string_view> words;
        for (const auto& hit : hits) words.push_back(hit.word);
        const auto word = read_word(*node, "`hit`", words, findings_);
        if (!word) return;
        table_->policy = hits.at(*word).policy;
        table_->aggregation = hits.at(*word).aggregation;
    }

    void read_outputs() {
        const auto* outputs = form_.require("outputs");
        if (!outputs) return;
        for (const auto& entry : read_entries(*outputs, "`outputs`", findings_)) {
            auto clause = read_clause(entry.value, "decision.output", findings_);
            const bool taken = std::any_of(
                table_->inputs.begin(), table_->inputs.end(),
                [&](const Table::Input& one) { return one.expression.text == entry.key; });
            if (taken)
                findings_.add("listed-twice", entry.key_mark,
                              fmt::format("`{}` is also an input", entry.key),
                              "rename one of them");
            table_->outputs.push_back({entry.key, std::move(clause.type), std::move(clause.values),
                                       std::move(clause.otherwise), entry.key_mark});
        }
    }

    /// Reads a rule. Each key is the name of an input or an output; an omitted input may have any
    /// value.
    void read_rule(const YamlNode& node) {
        Table::Rule rule;
        rule.mark = node.mark;
        std::vector<std::string> known;
        for (const auto& input : table_->inputs) known.push_back(input.expression.text);
        for (const auto& output : table_->outputs) known.push_back(output.name);
        rule.tests.resize(table_->inputs.size());
        rule.results.resize(table_->outputs.size());
        for (auto& test : rule.tests) test.mark = node.mark;
        for (const auto& entry : read_entries(node, "a rule", findings_)) {
            const auto at = std::find(known.begin(), known.end(), entry.key);
            if (at == known.end()) {
                findings_.add(
                    "unknown-key", entry.key_mark,
                    fmt::format("`{}` is not an input or output of this decision", entry.key),
                    suggestion(entry.key, known, findings_));
                continue;
            }
            auto text =
                read_cell(entry.value, fmt::format("the cell of `{}`", entry.key), findings_);
            const auto place = static_cast<std::size_t>(at - known.begin());
            (place < rule.tests.size() ? rule.tests[place]
                                       : rule.results[place - rule.tests.size()]) = std::move(text);
        }
        for (std::size_t i = 0; i < rule.results.size(); ++i)
            if (rule.results[i].text.empty())
                findings_.add("missing-key", rule.mark,
                              fmt::format("this rule does not give the output `{}`",
                                          table_->outputs[i].name));
        table_->rules.push_back(std::move(rule));
    }

    const YamlNode& tree_;
    DiagnosticSink& findings_;
    Form form_;
    std::shared_ptr<Table> table_ = std::make_shared<Table>();
};

}  // namespace

std::vector<DecisionUse> read_uses(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<DecisionUse> uses;
    for (const auto& entry : read_entries(node, "`uses`", findings)) {
        if (!is_field_name(entry.key))
            findings.add("bad-id", entry.key_mark,
                         fmt::format("`{}` cannot be called in an expression", entry.key),
                         "use letters, Chinese characters, digits and `_`, as for a field");
        const auto decision = read_text(entry.value, "the name of a decision", findings);
        if (decision) uses.push_back({entry.key, *decision, entry.key_mark, entry.value.mark});
    }
    return uses;
}

std::optional<DecisionFile> read_decision(const YamlNode& tree, DiagnosticSink& findings) {
    return DecisionReading(tree, findings).run();
}

std::vector<decision::ItemDefinition> decision_types() {
    decision::ItemDefinition whole, texts;
    whole.name = "whole number";
    whole.type = "number";
    whole.allowed.text = "floor(?) = ?";
    texts.name = "strings";
    texts.type = "string";
    texts.collection = true;
    return {std::move(whole), std::move(texts)};
}

}  // namespace workflow::definition
