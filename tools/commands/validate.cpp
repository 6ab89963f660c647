// `validate PATH...`: loads, compiles and checks definitions.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <ostream>

#include <workflow/catalog.hpp>
#include <workflow/soundness.hpp>

#include "../cli_context.hpp"
#include "../fix_files.hpp"
#include "../load_among.hpp"
#include "../paint.hpp"
#include "base/bounds.hpp"
#include "base/render.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/json/sarif.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::AppliedFix;
using presentation::dump;
using presentation::Json;
using presentation::json_of;
using presentation::Paint;
using presentation::sarif_of;

namespace {

/// Escapes characters that GitHub's annotation commands cannot contain.
std::string escaped(const std::string& text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%') {
            out += "%25";
        } else if (c == '\n') {
            out += "%0A";
        } else if (c == '\r') {
            out += "%0D";
        } else if (property && (c == ':' || c == ',')) {
            out += c == ':' ? "%3A" : "%2C";
        } else {
            out += c;
        }
    }
    return out;
}

void print_github(const Catalog::Loaded& loaded, std::ostream& out) {
    for (const Diagnostic& finding : loaded.diagnostics) {
        out << fmt::format("::{} file={}",
                           finding.severity == Severity::note ? std::string_view("notice")
                                                              : word_of(finding.severity),
                           escaped(finding.span.file, true));
        if (finding.span.line != 0) {
            out << fmt::format(",line={},endLine={},col={},endColumn={}", finding.span.line,
                               finding.span.end_line, finding.span.column, finding.span.end_column);
        }
        std::string message = finding.message;
        if (!finding.hint.empty()) message += "\n" + finding.hint;
        out << fmt::format(",title={}::{}\n", finding.code, escaped(message, false));
    }
}

std::string_view verdict_of(const ModelVerdict& model) {
    if (!model.sound) return "not decided";
    return *model.sound ? "sound" : "not sound";
}

void print_human(const Catalog::Loaded& loaded, const std::vector<ModelVerdict>& models,
                 const Paint& paint, std::ostream& out) {
    for (const Diagnostic& finding : loaded.diagnostics) {
        out << paint.rendered(finding) << '\n';
    }
    const auto many = [](std::size_t count, const std::string& what) {
        return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
    };
    for (const auto& model : models) {
        const auto line = fmt::format("{}: {}: {}", model.file, model.process, verdict_of(model));
        out << (model.sound == true ? paint.green(line) : paint.red(line)) << '\n';
    }
    std::string verdict = many(loaded.files, "file") + ", ";
    if (loaded.catalog) verdict += many(loaded.catalog->items().size(), "item") + ", ";
    verdict += many(loaded.errors, "error") + ", " + many(loaded.warnings, "warning");
    out << (loaded.errors != 0     ? paint.red(verdict)
            : loaded.warnings != 0 ? paint.yellow(verdict)
                                   : paint.green(verdict))
        << '\n';
}

/// The process models among `paths` and in their folders; `paths` keeps the rest.
std::vector<std::filesystem::path> take_models(std::vector<std::filesystem::path>& paths) {
    std::vector<std::filesystem::path> models;
    for (const auto& path : paths) {
        if (is_process_model(path)) models.push_back(path);
        if (!std::filesystem::is_directory(path)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
            if (is_process_model(entry.path())) models.push_back(entry.path());
    }
    std::erase_if(paths, is_process_model);
    std::sort(models.begin(), models.end());
    return models;
}

/// What was found in the models, and how long each took, reading included.
struct CheckedModels {
    ModelReport report;
    std::vector<double> milliseconds;  // by model
};

CheckedModels check_each(const std::vector<std::filesystem::path>& files) {
    CheckedModels all;
    for (const auto& file : files) {
        const auto began = std::chrono::steady_clock::now();
        auto one = check_models({file});
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - began;
        all.milliseconds.resize(all.milliseconds.size() + one.models.size(), took.count());
        auto& report = all.report;
        report.files += one.files;
        report.errors += one.errors;
        report.warnings += one.warnings;
        std::move(one.models.begin(), one.models.end(), std::back_inserter(report.models));
        std::move(one.diagnostics.begin(), one.diagnostics.end(),
                  std::back_inserter(report.diagnostics));
    }
    return all;
}

Json json_of_verdict(const ModelVerdict& model, double milliseconds) {
    const auto known = [](std::optional<bool> answer) { return answer ? Json(*answer) : Json(); };
    return {{"file", model.file},
            {"name", model.process},
            {"sound", known(model.sound)},
            {"option_to_complete", known(model.option_to_complete)},
            {"safe", known(model.safe)},
            {"proper_completion", known(model.proper_completion)},
            {"no_dead_elements", known(model.no_dead_elements)},
            {"states", model.states},
            {"milliseconds", milliseconds}};
}

void print_fixes(const std::vector<AppliedFix>& fixed, std::ostream& out) {
    for (const auto& one : fixed)
        out << fmt::format("{}:{}:{}: fixed: `{}` is now `{}`\n", one.file, one.line, one.column,
                           one.before, one.after);
}

Json json_of_fixes(const std::vector<AppliedFix>& fixed) {
    Json all = Json::array();
    for (const auto& one : fixed)
        all.push_back({{"file", one.file},
                       {"line", one.line},
                       {"column", one.column},
                       {"before", one.before},
                       {"after", one.after}});
    return all;
}

int run_validate(const Arguments& arguments, Streams& streams) {
    Catalog::Loaded loaded;
    CheckedModels checked;
    std::vector<AppliedFix> fixed;
    const auto& given = arguments.operands();
    if (given.size() == 1 && given.front() == "-") {
        if (arguments.has("fix"))
            throw UsageError("--fix needs files that it can write", "name a file or a folder");
        loaded = Catalog::load(
            std::vector<Catalog::Text>{{"<stdin>", read_all("-", streams, bounds::yaml_bytes)}});
    } else {
        std::vector<std::filesystem::path> paths;
        for (const std::string& path : given) {
            std::error_code ignored;
            if (!std::filesystem::exists(path, ignored)) throw WorldError("there is no " + path);
            paths.emplace_back(path);
        }
        const auto& among = arguments.all("with");
        checked = check_each(take_models(paths));
        auto& models = checked.report;
        if (arguments.has("fix")) fixed = apply_fixes(paths, {among.begin(), among.end()});
        if (!paths.empty())
            loaded = among.empty() ? Catalog::load(paths) : load_among(paths, among);
        loaded.files += models.files;
        loaded.errors += models.errors;
        loaded.warnings += models.warnings;
        loaded.diagnostics.insert(loaded.diagnostics.end(), models.diagnostics.begin(),
                                  models.diagnostics.end());
    }
    const bool human = arguments.text("format") == "human";
    print_fixes(fixed, human ? streams.out : streams.err);
    if (arguments.json()) {
        Json verdicts = Json::array();
        for (std::size_t i = 0; i < checked.milliseconds.size(); ++i)
            verdicts.push_back(json_of_verdict(checked.report.models[i], checked.milliseconds[i]));
        Json diagnostics = Json::array();
        for (const Diagnostic& finding : loaded.diagnostics)
            diagnostics.push_back(json_of(finding));
        streams.out << dump(Json{{"files", loaded.files},
                                 {"errors", loaded.errors},
                                 {"warnings", loaded.warnings},
                                 {"diagnostics", diagnostics},
                                 {"models", verdicts},
                                 {"mended", json_of_fixes(fixed)}},
                            2)
                    << '\n';
    } else if (arguments.text("format") == "sarif") {
        streams.out << dump(sarif_of(loaded.diagnostics), 2) << '\n';
    } else if (arguments.text("format") == "github") {
        print_github(loaded, streams.out);
    } else if (loaded.errors != 0 || loaded.warnings != 0 || !arguments.quiet()) {
        print_human(loaded, checked.report.models,
                    paint_of(arguments, streams, streams.out_terminal), streams.out);
    }
    return loaded.errors == 0 ? exit_done : exit_found;
}

}  // namespace

Subcommand validate_command() {
    return {
        .name = "validate",
        .summary = "Loads, compiles and checks definitions, and reports all errors at once.",
        .operands = {{"PATH",
                      "a .yaml, .dmn, .bpmn or .pnml file, a folder, or - for standard input",
                      false, true}},
        .options = {{.name = "with",
                     .value = "PATH",
                     .meaning = "files to which the checked files refer; only those of their "
                                "errors that the checked files cause are reported",
                     .many = true},
                    {.name = "fix",
                     .meaning = "correct misspelled words where the intended word is certain, and "
                                "check again"}},
        .formats = {"human", "json", "sarif", "github"},
        .examples = {"workflow validate definitions",
                     "workflow validate definitions/items/social-card.replace-lost.yaml --with "
                     "definitions",
                     "workflow validate definitions --fix", "workflow validate order.bpmn"},
        .note =
            "Files are checked together: an item finds its process, posts and calendar only among "
            "the given paths. Exits 1 if there are errors; warnings alone exit 0. For each "
            "process of a BPMN or PNML model, it reports whether the process is sound.",
        .run = run_validate};
}

}  // namespace workflow::tools
