#include <workflow/soundness.hpp>

#include "../base/text_file.hpp"
#include "../decision/xml_reader.hpp"
#include "../models/model.hpp"
#include "report.hpp"

namespace workflow::inline v0 {
namespace {

std::optional<bool> known(verify::Answer answer) {
    if (answer == verify::Answer::unknown) return {};
    return answer == verify::Answer::yes;
}

ModelVerdict verdict_on(const models::Model& model, const std::string& file,
                        DiagnosticSink& findings) {
    ModelVerdict told;
    told.file = file;
    told.process = model.id;
    if (model.partial) return told;
    const auto found = verify::check_soundness(model.net, model.nodes.size());
    verify::report(model, found, findings);
    told.sound = known(found.sound());
    told.option_to_complete = known(found.completes);
    told.safe = known(found.safe);
    told.proper_completion = known(found.proper);
    told.no_dead_elements = known(found.lively);
    told.states = found.states;
    return told;
}

}  // namespace

bool is_process_model(const std::filesystem::path& file) {
    const auto ending = ending_of(file);
    return ending == ".bpmn" || ending == ".pnml";
}

ModelReport check_models(const std::vector<std::filesystem::path>& files) {
    ModelReport report;
    Sources sources;
    DiagnosticSink findings(sources);
    for (const auto& file : files) {
        const auto content = read_text_file(file, decision::largest_model);
        const auto source = sources.add(Source(file.string(), content.value_or("")));
        if (!content) {
            findings.add("unreadable-file", Mark{source, 0, 0}, "this is not a readable file");
            continue;
        }
        const auto read = ending_of(file) == ".pnml" ? models::read_pnml(sources, source, findings)
                                                     : models::read_bpmn(sources, source, findings);
        for (const auto& model : read)
            report.models.push_back(verdict_on(model, file.string(), findings));
    }
    report.files = files.size();
    report.errors = findings.errors();
    report.warnings = findings.warnings();
    report.diagnostics = findings.take();
    return report;
}

}  // namespace workflow::inline v0
