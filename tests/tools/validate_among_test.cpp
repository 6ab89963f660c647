// `validate FILE --with FOLDER` says of the file what `validate FOLDER` says of it, wherever what
// it breaks is written.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <workflow/soundness.hpp>

#include "definition/loader.hpp"
#include "load_among.hpp"
#include "support/catch.hpp"
#include "support/definition_mutants.hpp"
#include "support/sanitized.hpp"
#include "support/temporary_folder.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::validate_among_test {

namespace {

namespace fs = std::filesystem;

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The shipped definitions, to be changed.
class Shipped {
public:
    Shipped() {
        fs::copy(WORKFLOW_SOURCE_DIR "/definitions", path("definitions"),
                 fs::copy_options::recursive);
    }
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_ / name.c_str()).string();
    }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(path(name), std::ios::binary) << content;
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(path("definitions")))
            if (entry.path().extension() == ".yaml")
                names.push_back(fs::relative(entry.path(), path(".")).string());
        std::sort(names.begin(), names.end());
        return names;
    }
    /// Code, place and message of each finding.
    static std::set<std::string> found(const Catalog::Loaded& loaded) {
        std::set<std::string> findings;
        for (const auto& one : loaded.diagnostics)
            findings.insert(one.code + " " + one.span.file + ":" + std::to_string(one.span.line) +
                            " " + one.message);
        return findings;
    }
    [[nodiscard]] std::set<std::string> of_file(const std::string& name) const {
        return found(workflow::tools::load_among({path(name)}, {path("definitions")}));
    }
    [[nodiscard]] std::set<std::string> of_folder() const {
        return found(Catalog::load(std::vector<fs::path>{path("definitions")}));
    }
    /// Replaces the first `from`.
    void change(const std::string& name, const std::string& from, const std::string& to) const {
        auto text = read(name);
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        write(name, text.replace(at, from.size(), to));
    }

private:
    workflow::testing::TemporaryFolder folder_;
};

bool tell(const std::set<std::string>& findings, const std::string& part) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const std::string& one) { return holds(one, part); });
}

}  // namespace

TEST_CASE("what a small change of a shipped definition breaks is told of the file alone, too") {
    Shipped run;
    REQUIRE(run.of_folder().empty());
    std::size_t made = 0, compared = 0, told = 0;
    const std::size_t each = workflow::testing::sanitized ? 400 : 40;
    for (const auto& name : run.files()) {
        INFO(name);
        CHECK(run.of_file(name).empty());
        if (!holds(name, "items/") && !holds(name, "processes/")) continue;
        const auto kept = run.read(name);
        Sources sources;
        DiagnosticSink findings(sources);
        const auto tree =
            workflow::definition::read_yaml(sources, sources.add(Source(name, kept)), findings);
        REQUIRE(tree);
        for (const auto& mutant : DefinitionMutants::of(name, *tree)) {
            if (++made % each != 0) continue;
            INFO(mutant.change);
            run.write(name, mutant.text);
            const auto whole = run.of_folder();
            CHECK(run.of_file(name) == whole);
            ++compared;
            told += whole.empty() ? 0 : 1;
        }
        run.write(name, kept);
    }
    CHECK(compared > (workflow::testing::sanitized ? 2 : 30));
    CHECK(told > compared / 2);
}

TEST_CASE("an item that is there no more under the name of a desk is told of its file") {
    Shipped run;
    std::string catalog, desk;
    for (const auto& name : run.files())
        if (run.read(name).starts_with("catalog:") || holds(run.read(name), "\ncatalog:"))
            catalog = name;
    REQUIRE(!catalog.empty());
    const auto text = run.read(catalog);
    const auto at = text.find("demand desk:");
    REQUIRE(at != std::string::npos);
    auto item = text.substr(at + 12, text.find_first_of("\n#", at) - at - 12);
    item.erase(0, item.find_first_not_of(' '));
    item.erase(item.find_last_not_of(' ') + 1);
    for (const auto& name : run.files())
        if (holds(run.read(name), "item: " + item + "\n")) desk = name;
    REQUIRE(!desk.empty());
    run.change(desk, "item: " + item, "item: " + item + "x");
    const auto findings = run.of_file(desk);
    CHECK(tell(findings, "WF0314"));
    CHECK(findings == run.of_folder());
}

TEST_CASE("the ending of a file's name may be in any case of letters") {
    for (const char* ending : {".YAML", ".Yml", ".yml", ".yAmL"}) {
        INFO(ending);
        Shipped run;
        const auto added = std::string("definitions/items/added") + ending;
        run.write(added, "item: added\ntitle: Added\nkind: nonsense\n");
        CHECK(tell(run.of_folder(), "added"));
        CHECK(run.of_file(added) == run.of_folder());
    }
    Shipped run;
    run.write("definitions/m.DMN", "<definitions>");
    CHECK(tell(run.of_folder(), "m.DMN"));
    CHECK(workflow::is_process_model("m.BPMN"));
    CHECK(workflow::is_process_model("m.Pnml"));
}

TEST_CASE("a second item or process of a name hides none of its other mistakes") {
    Shipped run;
    const std::string first = "definitions/items/social-card.replace-lost.yaml";
    const std::string copy = "definitions/items/zz-copy.yaml";
    run.write(copy,
              run.read(first) + "\nguarantees: [absence(end granted), never_heard_of(accepted)]\n");
    run.write("definitions/items/zz-other.yaml",
              "item: zz-other\ntitle: Other\nkind: committed\nlimits: {promised: 20 workdays}\n"
              "start: intake\nsteps:\n"
              "  intake: {task: intake, post: window, limit: 1 workday, outcomes: {on: gone, no: "
              "nowhere}}\n  gone: {end: refused}\n");
    run.write("definitions/items/zz-other-copy.yaml", run.read("definitions/items/zz-other.yaml"));
    const auto findings = run.of_folder();
    CHECK(tell(findings, "is defined twice"));
    const auto dangling = std::count_if(findings.begin(), findings.end(), [](const auto& one) {
        return holds(one, "there is no step `nowhere`");
    });
    CHECK(dangling == 2);
    CHECK(tell(run.of_file(copy), "is defined twice"));
    run.write("definitions/processes/zz-copy.yaml",
              "process: accept-review-issue\nstart: a\nsteps:\n  a: {end: granted}\n"
              "  b: {task: intake, post: window, limit: 1 workday, outcomes: {on: elsewhere}}\n");
    CHECK(tell(run.of_folder(), "there is no step `elsewhere`"));
}

TEST_CASE("a slip in one step does not hide where another step leads") {
    Shipped run;
    const std::string name = "definitions/items/zz-other.yaml";
    run.write(name,
              "item: zz-other\ntitle: Other\nkind: committed\nlimits: {promised: 20 workdays}\n"
              "start: intake\nsteps:\n"
              "  intake: {task: intake, post: window, limit: soon, outcomes: {on: gone}}\n"
              "  more: {task: intake, post: window, limit: 1 workday, outcomes: {on: gonee}}\n"
              "  gone: {end: refused}\n");
    const auto findings = run.of_file(name);
    CHECK(tell(findings, "zz-other.yaml:7 "));
    CHECK(tell(findings, "there is no step `gonee`"));
    CHECK(findings == run.of_folder());
    CHECK_FALSE(tell(findings, "there is no step `gone`"));
}

}  // namespace workflow::testing::validate_among_test
