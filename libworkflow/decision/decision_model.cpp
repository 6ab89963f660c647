#include <workflow/decision.hpp>

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "../feel/temporal.hpp"
#include "model_files.hpp"
#include "program.hpp"

namespace workflow::inline v0 {

struct DecisionModel::Contents {
    std::shared_ptr<const Sources> sources;
    std::vector<Decision> decisions;
    struct Callee {
        feel::Type type;
        Value function;
    };
    std::vector<Callee> callees;  ///< one per decision
};

namespace {

using decision::Element;

DecisionModel::Decision::Kind kind_of(Element::Kind kind) {
    switch (kind) {
        case Element::Kind::knowledge:
            return DecisionModel::Decision::Kind::knowledge;
        case Element::Kind::service:
            return DecisionModel::Decision::Kind::service;
        case Element::Kind::decision:
        case Element::Kind::input:
            break;
    }
    return DecisionModel::Decision::Kind::decision;
}

bool is_temporal(feel::Kind kind) {
    return kind == feel::Kind::date || kind == feel::Kind::time || kind == feel::Kind::date_time ||
           kind == feel::Kind::days_duration || kind == feel::Kind::months_duration;
}

/// Returns the value, with texts converted to the declared type.
Value read(const Value& value, const feel::Type& type) {
    if (const auto* text = value.as<std::string>(); text && is_temporal(type.kind))
        return feel::parse_temporal(*text).value_or(value);
    if (const auto* items = value.as<List>(); items && type.element) {
        List list;
        for (const auto& item : *items) list.push_back(read(item, *type.element));
        return list;
    }
    const auto* given = value.as<Context>();
    if (!given || type.entries.empty()) return value;
    Context entries = *given;
    for (auto& [name, entry] : entries)
        for (const auto& declared : type.entries)
            if (declared.name == name) entry = read(entry, declared.type);
    return entries;
}

}  // namespace

DecisionModel::DecisionModel(std::shared_ptr<const decision::Program> program,
                             std::shared_ptr<const Sources> sources) {
    auto contents = std::make_shared<Contents>();
    for (std::size_t node = 0; program && node < program->nodes().size(); ++node) {
        const auto& one = program->nodes()[node];
        if (one.kind == Element::Kind::input) continue;
        auto type = program->function_type(node);
        Decision made{kind_of(one.kind), one.name, {}, "any value", sources->span(one.mark)};
        for (const auto& input : type.entries)
            made.inputs.push_back({input.name, to_string(input.type)});
        if (type.element) made.type = to_string(*type.element);
        contents->decisions.push_back(std::move(made));
        contents->callees.push_back({std::move(type), program->function(node)});
    }
    contents->sources = std::move(sources);
    contents_ = std::move(contents);
}

DecisionModel::Loaded DecisionModel::load(const std::filesystem::path& file) {
    auto sources = std::make_shared<Sources>();
    DiagnosticSink findings(*sources);
    const auto models = decision::read_models(file, *sources, findings);
    auto program = decision::Program::compile(models, findings);
    Loaded loaded;
    loaded.errors = findings.errors();
    loaded.warnings = findings.warnings();
    loaded.diagnostics = findings.take();
    if (loaded.errors == 0) loaded.model = DecisionModel(std::move(program), std::move(sources));
    return loaded;
}

const std::vector<DecisionModel::Decision>& DecisionModel::decisions() const {
    return contents_->decisions;
}

const DecisionModel::Decision* DecisionModel::find(std::string_view name) const {
    const auto& all = contents_->decisions;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Decision& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

DecisionModel::Outcome DecisionModel::decide(std::string_view name, const Context& inputs,
                                             const EvaluationLimits& limits) const {
    const auto* decision = find(name);
    if (!decision) throw std::out_of_range(fmt::format("there is no decision `{}`", name));
    const auto& [type, callee] =
        contents_->callees[static_cast<std::size_t>(decision - contents_->decisions.data())];
    Outcome outcome;
    std::vector<feel::RuleHit> hits;
    feel::Evaluation evaluation;
    evaluation.moment = {limits.now, limits.offset};
    evaluation.budget = limits.budget;
    evaluation.problems = &outcome.problems;
    evaluation.hits = &hits;

    std::vector<Value> arguments;
    for (const auto& parameter : type.entries) {
        const auto given = std::find_if(inputs.begin(), inputs.end(), [&](const auto& one) {
            return one.first == parameter.name;
        });
        arguments.push_back(given == inputs.end() ? Value() : read(given->second, parameter.type));
    }
    if (const auto* function = callee.as<feel::Function>())
        outcome.value = feel::invoke(*function, arguments, evaluation);
    if (evaluation.budget == 0)
        outcome.problems.push_back(
            fmt::format("the evaluation was stopped after {} steps", limits.budget));
    for (const auto& hit : hits)
        outcome.hits.push_back({hit.number, contents_->sources->span(hit.rule)});
    return outcome;
}

}  // namespace workflow::inline v0
