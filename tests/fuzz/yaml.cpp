// Whatever the bytes, reading and loading them ends in a tree or in findings that can be shown.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/render.hpp"
#include "definition/loader.hpp"

using namespace workflow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string all(reinterpret_cast<const char*>(data), size);
    // A NUL byte parts texts that are loaded together, so that references between files are tried.
    std::vector<definition::Text> texts;
    for (std::size_t begin = 0; begin <= all.size();) {
        const std::size_t end = std::min(all.find('\0', begin), all.size());
        texts.push_back(
            {"text" + std::to_string(texts.size()) + ".yaml", all.substr(begin, end - begin)});
        begin = end + 1;
        if (texts.size() == 8) {
            texts.back().content = all.substr(std::min(begin, all.size()));
            break;
        }
    }
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load(texts, sources, findings);
    const bool errors = findings.has_errors();
    std::size_t shown = 0;
    for (const Diagnostic& finding : findings.take()) {
        shown += render(finding).size();
        if (first_invalid_utf8(finding.message + finding.hint) != std::string_view::npos)
            __builtin_trap();
    }
    if (errors && shown == 0) __builtin_trap();
    return static_cast<int>(loaded.items.size() * 0);
}
