#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "decision/program.hpp"
#include "decision/xml_reader.hpp"

// Reading any bytes as a decision model ends; so does each decision of what was read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace workflow;
    Sources sources;
    const auto source =
        sources.add(Source("m.dmn", std::string(reinterpret_cast<const char*>(data), size)));
    DiagnosticSink findings(sources);
    std::vector<decision::Model> models;
    if (auto model = decision::read_xml(sources, source, findings))
        models.push_back(std::move(*model));
    const auto program = decision::Program::compile(models, findings);
    for (std::size_t i = 0; i < program->nodes().size(); ++i) {
        feel::Evaluation evaluation;
        evaluation.budget = 20'000;
        (void)to_string(program->evaluate(i, {}, evaluation));
    }
    (void)findings.take();
    return 0;
}
