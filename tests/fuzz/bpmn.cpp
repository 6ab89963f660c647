#include <cstddef>
#include <cstdint>
#include <string>

#include "models/model.hpp"
#include "verify/report.hpp"
#include "verify/soundness.hpp"

// Reading any bytes as a process model, BPMN or PNML, ends; so does judging what was read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace workflow;
    const std::string text(reinterpret_cast<const char*>(data), size);
    Sources sources;
    const auto source = sources.add(Source("m.bpmn", text));
    DiagnosticSink findings(sources);
    auto read = models::read_bpmn(sources, source, findings);
    for (auto& net : models::read_pnml(sources, source, findings)) read.push_back(std::move(net));
    for (const auto& model : read)
        verify::report(model, verify::check_soundness(model.net, model.nodes.size(), 2'000),
                       findings);
    (void)findings.take();
    return 0;
}
