// `decide FILE` and `eval EXPRESSION`: decisions and expressions, without any case.

#include <algorithm>
#include <filesystem>
#include <ostream>

#include <fmt/format.h>

#include <workflow/catalog.hpp>

#include "../cli_context.hpp"
#include "../load_among.hpp"
#include "../paint.hpp"
#include "base/bounds.hpp"
#include "base/diagnostics.hpp"
#include "base/render.hpp"
#include "base/text_file.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/json/reader.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::Json;
using presentation::json_of;
using presentation::read_json;
using presentation::value_of;

namespace {

/// The entries of a JSON object, of a file or of standard input; none without the option.
Context entries_of(const Arguments& arguments, const std::string& option, Streams& streams) {
    if (!arguments.has(option)) return {};
    const std::string path = arguments.text(option);
    const Json json = read_json(read_all(path, streams, bounds::json_bytes), path);
    if (!json.is_object()) throw WorldError(path + " holds no JSON object; write {\"age\": 17}");
    return *value_of(json, std::nullopt).as<Context>();
}

EvaluationLimits limits_of(const Arguments& arguments, const Streams& streams) {
    constexpr UtcOffset china{480};
    EvaluationLimits limits;
    limits.offset = china;
    limits.now = claimed_time(arguments, china).value_or(streams.clock());
    return limits;
}

Option time_option() {
    return {.name = "at",
            .value = "TIME",
            .meaning =
                "the result of today() and now(), such as 2026-03-02T09:30; else the current time"};
}

void print_all(const std::vector<Diagnostic>& diagnostics, Severity least,
               const Arguments& arguments, Streams& streams) {
    const auto paint = paint_of(arguments, streams, streams.err_terminal);
    for (const Diagnostic& finding : diagnostics)
        if (finding.severity <= least) streams.err << paint.rendered(finding) << '\n';
}

/// The decisions of the file, or nothing when they have errors, which are printed.
std::optional<DecisionModel> model_of(const Arguments& arguments, Streams& streams) {
    const std::filesystem::path file = arguments.operands().front();
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        throw WorldError("there is no file " + file.string());
    if (ending_of(file) == ".dmn") {
        auto loaded = DecisionModel::load(file);
        print_all(loaded.diagnostics, Severity::error, arguments, streams);
        return std::move(loaded.model);
    }
    std::vector<std::filesystem::path> paths;
    bool there = false;
    for (const std::string& path : arguments.all("with")) {
        if (!std::filesystem::exists(path, ignored)) throw WorldError("there is no " + path);
        paths.emplace_back(path);
        there = there || lies_in(file, path);
    }
    if (!there) paths.push_back(file);
    auto loaded = Catalog::load(paths);
    print_all(loaded.diagnostics, Severity::error, arguments, streams);
    return loaded.catalog ? std::optional(loaded.catalog->decisions()) : std::nullopt;
}

/// What is asked for: the decision that is named, or all of the file that take their inputs by
/// name.
std::vector<std::string> wanted(const DecisionModel& model, const Arguments& arguments) {
    const auto& operands = arguments.operands();
    std::vector<std::string> known, chosen;
    for (const auto& decision : model.decisions()) {
        known.push_back(decision.name);
        std::error_code ignored;
        const bool here = std::filesystem::equivalent(decision.span.file, operands[0], ignored);
        const bool yaml = ending_of(operands[0]) != ".dmn";
        if (here && (yaml || decision.kind == DecisionModel::Decision::Kind::decision))
            chosen.push_back(decision.name);
    }
    if (operands.size() > 1) {
        if (model.find(operands[1])) return {operands[1]};
        const auto near = nearest(operands[1], known);
        throw UsageError("there is no decision `" + operands[1] + "`",
                         near ? "did you mean `" + *near + "`?"
                              : fmt::format("it has {}", fmt::join(known, ", ")));
    }
    if (chosen.empty())
        throw UsageError(operands[0] + " contains no decision", "name one of its decisions");
    return chosen;
}

void refuse_unknown_inputs(const DecisionModel& model, const std::vector<std::string>& names,
                           const Context& inputs) {
    std::vector<std::string> known;
    for (const auto& name : names)
        for (const auto& input : model.find(name)->inputs) known.push_back(input.name);
    for (const auto& [name, value] : inputs) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const auto near = nearest(name, known);
        throw UsageError("nothing has an input `" + name + "`",
                         near ? "did you mean `" + *near + "`?"
                              : fmt::format("the inputs are {}", fmt::join(known, ", ")));
    }
}

int run_decide(const Arguments& arguments, Streams& streams) {
    const auto model = model_of(arguments, streams);
    if (!model) return exit_found;
    const auto names = wanted(*model, arguments);
    const auto inputs = entries_of(arguments, "input", streams);
    refuse_unknown_inputs(*model, names, inputs);
    const auto limits = limits_of(arguments, streams);
    Json rows = Json::array();
    for (const auto& name : names) {
        const auto outcome = model->decide(name, inputs, limits);
        if (!arguments.json()) {
            streams.out << name << " = " << to_string(outcome.value) << '\n';
            for (const auto& hit : outcome.hits)
                streams.out << fmt::format("  rule {} ({}:{})\n", hit.rule, hit.span.file,
                                           hit.span.line);
            for (const auto& problem : outcome.problems) streams.out << "  " << problem << '\n';
            continue;
        }
        Json hits = Json::array();
        for (const auto& hit : outcome.hits)
            hits.push_back({{"rule", hit.rule}, {"file", hit.span.file}, {"line", hit.span.line}});
        rows.push_back({{"decision", name},
                        {"value", json_of(outcome.value)},
                        {"rules", hits},
                        {"problems", outcome.problems}});
    }
    if (arguments.json()) streams.out << dump(rows, 2) << '\n';
    return exit_done;
}

/// The type of a value, as FEEL writes it.
std::string type_of(const Value& value) {
    if (value.as<Decimal>()) return "number";
    if (value.as<std::string>()) return "string";
    if (value.as<bool>()) return "boolean";
    return "Any";
}

int run_eval(const Arguments& arguments, Streams& streams) {
    std::vector<FeelName> names;
    std::vector<Value> values;
    for (auto& [name, value] : entries_of(arguments, "context", streams)) {
        names.push_back({name, type_of(value)});
        values.push_back(value);
    }
    const auto compiled = FeelExpression::compile(arguments.operands().front(), names);
    print_all(compiled.diagnostics, Severity::error, arguments, streams);
    if (!compiled.expression) return exit_found;
    const auto outcome = compiled.expression->evaluate(values, limits_of(arguments, streams));
    if (arguments.json())
        streams.out << dump({{"value", json_of(outcome.value)}, {"problems", outcome.problems}})
                    << '\n';
    else
        streams.out << to_string(outcome.value) << '\n';
    if (!arguments.quiet())
        for (const auto& problem : outcome.problems) streams.err << "note: " << problem << '\n';
    return exit_done;
}

}  // namespace

Subcommand decide_command() {
    return {
        .name = "decide",
        .summary =
            "Evaluates decisions of a decision: file or a DMN model, and reports which rules "
            "applied.",
        .operands = {{"FILE", "a .yaml or .dmn file", false, false},
                     {"DECISION", "one decision of the file; without it, all of them", true,
                      false}},
        .options = {{.name = "input",
                     .value = "FILE",
                     .meaning = "a JSON object with a value for each input, - for standard input; "
                                "missing values are null"},
                    {.name = "with",
                     .value = "PATH",
                     .meaning = "the definitions to which a .yaml file refers",
                     .many = true},
                    time_option()},
        .formats = {"human", "json"},
        .examples = {"workflow decide unemployment-benefit.months.yaml --input case.json",
                     "echo '{\"years\": 7}' | workflow decide benefit.dmn Months --input -"},
        .note =
            "A text is read as a date, a time or a duration where the model declares one. Exits 1 "
            "if the model has errors.",
        .run = run_decide};
}

Subcommand eval_command() {
    return {.name = "eval",
            .summary = "Evaluates one FEEL expression.",
            .operands = {{"EXPRESSION", "the expression; see docs/feel.md", false, false}},
            .options = {{.name = "context",
                         .value = "FILE",
                         .meaning = "a JSON object with the values of the names, - for standard "
                                    "input"},
                        time_option()},
            .formats = {"human", "json"},
            .examples = {"workflow eval 'sum([1, 2, 3]) / 2'",
                         "echo '{\"fee\": 20}' | workflow eval 'if fee > 10 then \"high\" else "
                         "\"low\"' --context -"},
            .note =
                "Exits 1 if the expression has errors. An expression without a result is null; "
                "standard error gives the reason.",
            .run = run_eval};
}

}  // namespace workflow::tools
