// Each file in tests/definitions/bad says what it must be told, to the letter, in the .expected
// beside it; each in good is silent. WORKFLOW_APPROVE=1 rewrites the expected texts: read the
// difference.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/render.hpp"
#include "definition/loader.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::golden_test {

using namespace workflow::definition;
namespace fs = std::filesystem;

namespace {

const fs::path definitions = fs::path(WORKFLOW_SOURCE_DIR) / "tests" / "definitions";

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The files of a case: a file, or all files of a folder (definitions that must be seen together).
std::vector<Text> texts_of(const fs::path& path) {
    std::vector<Text> texts;
    if (fs::is_directory(path)) {
        std::set<fs::path> files;
        for (const auto& entry : fs::directory_iterator(path)) files.insert(entry.path());
        for (const auto& file : files)
            texts.push_back({file.filename().string(), content_of(file)});
    } else {
        texts.push_back({path.filename().string(), content_of(path)});
    }
    return texts;
}

std::vector<Diagnostic> findings_of(const fs::path& path) {
    Sources sources;
    DiagnosticSink findings(sources);
    load(texts_of(path), sources, findings);
    return findings.take();
}

std::vector<fs::path> cases(const fs::path& folder) {
    std::vector<fs::path> list;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory() || entry.path().extension() == ".yaml")
            list.push_back(entry.path());
    }
    std::sort(list.begin(), list.end());
    return list;
}

/// Codes that need the compiled net, or the file system, to be raised.
bool raised_elsewhere(std::string_view name) {
    static const std::set<std::string_view> names{"unreadable-file",
                                                  "more-findings",
                                                  "too-large",
                                                  "too-many-nodes",
                                                  "not-utf8",
                                                  "forbidden-character",
                                                  "duty-not-held",
                                                  "no-hours",
                                                  "unknown-step",
                                                  "entered-from-outside",
                                                  "unreachable-step",
                                                  "done-outside",
                                                  "refuses-anyway",
                                                  "branch-never-taken",
                                                  "no-otherwise",
                                                  "branches-overlap",
                                                  "null-flows",
                                                  "no-way-out",
                                                  "cannot-be-staffed",
                                                  "unknown-activity",
                                                  "guarantee-broken",
                                                  "vacuous-guarantee",
                                                  "written-at-once",
                                                  "personal-data-unused",
                                                  "material-never-required",
                                                  "promise-not-kept",
                                                  "law-not-kept",
                                                  "stage-not-kept",
                                                  "never-possible",
                                                  "too-many-steps",
                                                  "expression-syntax",
                                                  "unknown-name",
                                                  "expression-type",
                                                  "expression-too-large",
                                                  "restless-loop",
                                                  "unknown-item",
                                                  "not-a-desk",
                                                  "no-end",
                                                  "nobody-for-task",
                                                  "task-kept-from-itself",
                                                  "unknown-origin",
                                                  "two-origins",
                                                  "no-way-out-of-draw",
                                                  "too-many-members"};
    return names.contains(name);
}

}  // namespace

TEST_CASE("each bad definition is told exactly what is wrong with it") {
    const bool approve = std::getenv("WORKFLOW_APPROVE") != nullptr;
    for (const fs::path& path : cases(definitions / "bad")) {
        CAPTURE(path.filename());
        std::string told;
        for (const Diagnostic& finding : findings_of(path)) told += render(finding);
        fs::path expected = path;
        expected.replace_extension(".expected");
        if (approve) std::ofstream(expected, std::ios::binary) << told;
        CHECK(told == content_of(expected));
        CHECK_FALSE(told.empty());
    }
}

TEST_CASE("good definitions are silent") {
    for (const fs::path& path : cases(definitions / "good")) {
        CAPTURE(path.filename());
        for (const Diagnostic& finding : findings_of(path)) FAIL_CHECK(render(finding));
    }
}

TEST_CASE("every code that reading can raise has a bad file") {
    std::set<std::string> raised;
    for (const fs::path& path : cases(definitions / "bad")) {
        for (const Diagnostic& finding : findings_of(path)) raised.insert(finding.code);
    }
    for (const FindingKind& kind : finding_kinds()) {
        // Decision and process models raise their own: tests/decision, tests/verify.
        const bool of_a_model = kind.code.starts_with("WF08") || kind.code.starts_with("WF09") ||
                                kind.name.ends_with("is-null");
        if (of_a_model || raised_elsewhere(kind.name)) continue;
        INFO(kind.code << " " << kind.name);
        CHECK(raised.contains(std::string(kind.code)));
    }
}

TEST_CASE("the shipped definitions are silent") {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto texts =
        read_texts({fs::path(WORKFLOW_SOURCE_DIR) / "definitions"}, sources, findings);
    const Definitions loaded = load(texts, sources, findings);
    for (const Diagnostic& finding : findings.take()) FAIL_CHECK(render(finding));
    CHECK(loaded.items.size() >= 12);
    REQUIRE(loaded.organization);
    CHECK(loaded.organization->officers.size() >= 40);
}

}  // namespace workflow::testing::golden_test
