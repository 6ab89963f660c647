#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/render.hpp"
#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/staff.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::bad_definitions_test {

// Golden pairs: what the compiler says about tests/definitions/bad-compile/NAME.yaml is in
// NAME.expected, to the letter. WORKFLOW_APPROVE=1 writes them anew; read the difference.

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string findings_about(const fs::path& path) {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load(
        {{path.filename().string(), read(path)}, {"staff.yaml", testing::hall_staff}}, sources,
        findings);
    for (const auto& item : loaded.items)
        process::compile(item, loaded.organization ? &*loaded.organization : nullptr, findings);
    std::string all;
    for (const auto& finding : findings.take()) all += render(finding);
    return all;
}

}  // namespace

TEST_CASE("each mistake in a flow is reported on its own line") {
    std::vector<fs::path> bad;
    for (const auto& entry :
         fs::directory_iterator(WORKFLOW_SOURCE_DIR "/tests/definitions/bad-compile"))
        if (entry.path().extension() == ".yaml") bad.push_back(entry.path());
    std::sort(bad.begin(), bad.end());
    REQUIRE(bad.size() >= 15);
    for (const auto& path : bad) {
        auto expected = path;
        expected.replace_extension(".expected");
        const auto found = findings_about(path);
        if (std::getenv("WORKFLOW_APPROVE") != nullptr) std::ofstream(expected) << found;
        INFO(path.filename().string());
        CHECK(!found.empty());
        CHECK(found == read(expected));
    }
}

}  // namespace workflow::testing::bad_definitions_test
