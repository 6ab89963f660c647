// What an author's slip does to the shipped definitions is told, by one check or another.

#include <filesystem>
#include <iostream>
#include <map>
#include <workflow/catalog.hpp>

#include "definition/loader.hpp"
#include "support/catch.hpp"
#include "support/definition_mutants.hpp"
#include "support/sanitized.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::mutants_test {

using testing::DefinitionMutant;
using testing::DefinitionMutants;
using testing::WrittenYaml;

namespace {

/// Of all mutants, in per cent: what was reached, never less again.
constexpr double least_killed = 91.5;

std::vector<Catalog::Text> shipped() {
    Sources sources;
    DiagnosticSink findings(sources);
    std::vector<Catalog::Text> texts;
    for (auto& text :
         definition::read_texts({WORKFLOW_SOURCE_DIR "/definitions"}, sources, findings))
        texts.push_back({std::move(text.path), std::move(text.content)});
    return texts;
}

definition::YamlNode tree_of(const Catalog::Text& text) {
    Sources sources;
    DiagnosticSink findings(sources);
    return definition::read_yaml(sources, sources.add(Source(text.path, text.content)), findings)
        .value();
}

bool is_mutated(const std::string& path) {
    return path.find("/items/") != std::string::npos ||
           path.find("/processes/") != std::string::npos;
}

std::string name_of(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

std::vector<std::string> steps_of_process(const std::vector<Catalog::Text>& texts,
                                          const definition::YamlNode& item) {
    const auto* process = item.find("process");
    if (!process || !item.find("item")) return {};
    for (const auto& text : texts)
        if (text.path.ends_with("/processes/" + process->text + ".yaml")) {
            const auto tree = tree_of(text);
            return DefinitionMutants::keys(tree.find("steps"));
        }
    return {};
}

}  // namespace

TEST_CASE("a slip of the hand in a shipped definition is told by some check") {
    auto texts = shipped();
    REQUIRE(Catalog::load(texts).diagnostics.empty());
    std::size_t mutants = 0, killed = 0;
    [[maybe_unused]] std::size_t passed_over = 0;
    std::vector<std::string> survivors;
    std::map<std::string, std::size_t> by_code;
    for (auto& text : texts) {
        if (!is_mutated(text.path)) continue;
        const auto tree = tree_of(text);
        const auto kept = text.content;
        text.content = WrittenYaml::of(tree);
        INFO(text.path << "\n" << text.content);
        // Written anew, the same is said.
        REQUIRE(Catalog::load(texts).diagnostics.empty());
        for (const auto& mutant :
             DefinitionMutants::of(name_of(text.path), tree, steps_of_process(texts, tree))) {
            if (testing::sanitized && ++passed_over % 20 != 0) continue;
            text.content = mutant.text;
            const auto told = Catalog::load(texts).diagnostics;
            ++mutants;
            if (told.empty())
                survivors.push_back(mutant.file + ": " + mutant.change);
            else
                ++killed;
            if (!told.empty()) ++by_code[told.front().code];
        }
        text.content = kept;
    }
    const auto share = 100.0 * static_cast<double>(killed) / static_cast<double>(mutants);
    std::cout << killed << " of " << mutants << " slips in the shipped definitions are told ("
              << share << " %); not told:\n";
    for (const auto& survivor : survivors) std::cout << "  " << survivor << '\n';
    for (const auto& [code, count] : by_code) std::cout << "  " << code << ' ' << count << '\n';
    if (testing::sanitized) return;  // a sample has a share of its own
    CHECK(mutants > 1'000);
    CHECK(share >= least_killed);
}

}  // namespace workflow::testing::mutants_test
