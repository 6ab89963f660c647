// Boxed expressions and decision tables (DMN 1.5, 7.3 and 8).

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "xml_nodes.hpp"

namespace workflow::decision {
namespace {

constexpr std::array<std::pair<std::string_view, Logic::Kind>, 13> kinds{
    {{"literalExpression", Logic::Kind::literal},
     {"context", Logic::Kind::context},
     {"invocation", Logic::Kind::invocation},
     {"functionDefinition", Logic::Kind::function},
     {"relation", Logic::Kind::relation},
     {"list", Logic::Kind::list},
     {"conditional", Logic::Kind::conditional},
     {"filter", Logic::Kind::filter},
     {"for", Logic::Kind::loop},
     {"some", Logic::Kind::some},
     {"every", Logic::Kind::every},
     {"decisionTable", Logic::Kind::table},
     {"expression", Logic::Kind::literal}}};

Logic::Kind kind_of(pugi::xml_node node) {
    const auto name = local_name(node);
    const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                     [&](const auto& kind) { return kind.first == name; });
    return found == kinds.end() ? Logic::Kind::none : found->second;
}

/// Returns the boxed expression inside `node`; an empty one if there is none.
Logic inner(const XmlReading& in, pugi::xml_node node, int depth) {
    for (const auto child : node.children())
        if (is_logic(child)) return read_logic(in, child, depth + 1);
    Logic none;
    none.mark = in.mark(node);
    return none;
}

/// Returns the boxed expression in the child with the name `name`.
Logic inner(const XmlReading& in, pugi::xml_node node, std::string_view name, int depth) {
    for (const auto child : node.children())
        if (local_name(child) == name) return inner(in, child, depth);
    Logic none;
    none.mark = in.mark(node);
    return none;
}

void read_context(const XmlReading& in, pugi::xml_node node, Logic& logic, int depth) {
    for (const auto entry : node.children()) {
        if (local_name(entry) != "contextEntry") continue;
        for (const auto child : entry.children())
            if (local_name(child) == "variable") logic.names.push_back(in.variable(child));
        logic.parts.push_back(inner(in, entry, depth));
        // An entry without a name is the result and ends the context.
        if (logic.names.size() < logic.parts.size()) break;
    }
}

void read_invocation(const XmlReading& in, pugi::xml_node node, Logic& logic, int depth) {
    logic.parts.push_back(inner(in, node, depth));
    for (const auto binding : node.children()) {
        if (local_name(binding) != "binding") continue;
        Variable parameter;
        for (const auto child : binding.children())
            if (local_name(child) == "parameter") parameter = in.variable(child);
        logic.names.push_back(std::move(parameter));
        logic.parts.push_back(inner(in, binding, depth));
    }
}

void read_relation(const XmlReading& in, pugi::xml_node node, Logic& logic, int depth) {
    for (const auto child : node.children())
        if (local_name(child) == "column") logic.names.push_back(in.variable(child));
    for (const auto row : node.children()) {
        if (local_name(row) != "row") continue;
        std::size_t cells = 0;
        for (const auto cell : row.children()) {
            if (!is_logic(cell)) continue;
            logic.parts.push_back(read_logic(in, cell, depth + 1));
            ++cells;
        }
        if (cells == logic.names.size()) continue;
        in.findings().add("bad-table", in.mark(row),
                          fmt::format("this row has {} cells, but the relation has {} columns",
                                      cells, logic.names.size()));
        logic.parts.resize(logic.parts.size() - cells);
    }
}

void read_iteration(const XmlReading& in, pugi::xml_node node, Logic& logic, int depth) {
    Variable variable;
    variable.name = in.attribute(node, "iteratorVariable");
    variable.mark = in.mark(node);
    logic.names.push_back(std::move(variable));
    logic.parts.push_back(inner(in, node, "in", depth));
    logic.parts.push_back(
        inner(in, node, logic.kind == Logic::Kind::loop ? "return" : "satisfies", depth));
}

HitPolicy hit_policy(const XmlReading& in, pugi::xml_node node) {
    static constexpr std::array<std::pair<std::string_view, HitPolicy>, 7> policies{
        {{"UNIQUE", HitPolicy::unique},
         {"ANY", HitPolicy::any},
         {"PRIORITY", HitPolicy::priority},
         {"FIRST", HitPolicy::first},
         {"RULE ORDER", HitPolicy::rule_order},
         {"OUTPUT ORDER", HitPolicy::output_order},
         {"COLLECT", HitPolicy::collect}}};
    const auto name = in.attribute(node, "hitPolicy");
    if (name.empty()) return HitPolicy::unique;
    for (const auto& [known, policy] : policies)
        if (known == name) return policy;
    in.findings().add("bad-table", in.mark(node), fmt::format("there is no hit policy `{}`", name),
                      "use UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER or COLLECT");
    return HitPolicy::unique;
}

Aggregation aggregation(const XmlReading& in, pugi::xml_node node) {
    static constexpr std::array<std::pair<std::string_view, Aggregation>, 4> known{
        {{"SUM", Aggregation::sum},
         {"COUNT", Aggregation::count},
         {"MIN", Aggregation::min},
         {"MAX", Aggregation::max}}};
    const auto name = in.attribute(node, "aggregation");
    if (name.empty()) return Aggregation::none;
    for (const auto& [word, aggregation] : known)
        if (word == name) return aggregation;
    in.findings().add("bad-table", in.mark(node), fmt::format("there is no aggregation `{}`", name),
                      "use SUM, COUNT, MIN or MAX");
    return Aggregation::none;
}

Table::Input table_input(const XmlReading& in, pugi::xml_node node) {
    Table::Input input;
    input.expression.mark = in.mark(node);
    for (const auto child : node.children()) {
        if (local_name(child) == "inputExpression") {
            input.expression = in.child_text(child);
            input.type = in.attribute(child, "typeRef");
        }
        if (local_name(child) == "inputValues") input.values = in.child_text(child);
    }
    // If an input has no expression, its label is the expression that is tested.
    if (input.expression.text.empty()) input.expression.text = in.attribute(node, "label");
    return input;
}

Table::Output table_output(const XmlReading& in, pugi::xml_node node) {
    Table::Output output;
    output.mark = in.mark(node);
    output.name = in.attribute(node, "name");
    output.type = in.attribute(node, "typeRef");
    for (const auto child : node.children()) {
        if (local_name(child) == "outputValues") output.values = in.child_text(child);
        if (local_name(child) == "defaultOutputEntry") output.otherwise = in.child_text(child);
    }
    return output;
}

std::shared_ptr<const Table> read_table(const XmlReading& in, pugi::xml_node node) {
    auto table = std::make_shared<Table>();
    table->mark = in.mark(node);
    table->policy = hit_policy(in, node);
    table->aggregation = aggregation(in, node);
    for (const auto child : node.children()) {
        if (local_name(child) == "input") table->inputs.push_back(table_input(in, child));
        if (local_name(child) == "output") table->outputs.push_back(table_output(in, child));
    }
    for (const auto child : node.children()) {
        if (local_name(child) != "rule") continue;
        Table::Rule rule;
        rule.mark = in.mark(child);
        for (const auto cell : child.children()) {
            if (local_name(cell) == "inputEntry") rule.tests.push_back(in.child_text(cell));
            if (local_name(cell) == "outputEntry") rule.results.push_back(in.child_text(cell));
        }
        if (rule.tests.size() == table->inputs.size() &&
            rule.results.size() == table->outputs.size()) {
            table->rules.push_back(std::move(rule));
            continue;
        }
        in.findings().add(
            "bad-table", rule.mark,
            fmt::format(
                "this rule has {} tests and {} results, but the table has {} inputs and {} outputs",
                rule.tests.size(), rule.results.size(), table->inputs.size(),
                table->outputs.size()));
    }
    return table;
}

}  // namespace

bool is_logic(pugi::xml_node node) {
    return kind_of(node) != Logic::Kind::none;
}

Logic read_function(const XmlReading& in, pugi::xml_node node, int depth) {
    Logic logic;
    logic.mark = in.mark(node);
    logic.type = in.attribute(node, "typeRef");
    const auto language = in.attribute(node, "kind");
    logic.kind =
        language.empty() || language == "FEEL" ? Logic::Kind::function : Logic::Kind::external;
    for (const auto child : node.children())
        if (local_name(child) == "formalParameter") logic.names.push_back(in.variable(child));
    logic.parts.push_back(inner(in, node, depth));
    return logic;
}

Logic read_logic(const XmlReading& in, pugi::xml_node node, int depth) {
    Logic logic;
    logic.mark = in.mark(node);
    if (!in.within(node, depth)) return logic;
    logic.kind = kind_of(node);
    logic.type = in.attribute(node, "typeRef");
    switch (logic.kind) {
        case Logic::Kind::none:
        case Logic::Kind::external:
            break;
        case Logic::Kind::literal:
            logic.text = in.child_text(node);
            if (logic.text.text.empty()) logic.kind = Logic::Kind::none;
            break;
        case Logic::Kind::context:
            read_context(in, node, logic, depth);
            break;
        case Logic::Kind::invocation:
            read_invocation(in, node, logic, depth);
            break;
        case Logic::Kind::function: {
            auto function = read_function(in, node, depth);
            function.type = logic.type;
            return function;
        }
        case Logic::Kind::relation:
            read_relation(in, node, logic, depth);
            break;
        case Logic::Kind::list:
            for (const auto child : node.children())
                if (is_logic(child)) logic.parts.push_back(read_logic(in, child, depth + 1));
            break;
        case Logic::Kind::conditional:
            for (const auto* part : {"if", "then", "else"})
                logic.parts.push_back(inner(in, node, part, depth));
            break;
        case Logic::Kind::filter:
            for (const auto* part : {"in", "match"})
                logic.parts.push_back(inner(in, node, part, depth));
            break;
        case Logic::Kind::loop:
        case Logic::Kind::some:
        case Logic::Kind::every:
            read_iteration(in, node, logic, depth);
            break;
        case Logic::Kind::table:
            logic.table = read_table(in, node);
            break;
    }
    return logic;
}

}  // namespace workflow::decision
