// The pages for authors say what the library does: their tables are the library's, their examples
// load, and no code goes unexplained. WORKFLOW_APPROVE=1 writes the tables into docs/language.md.

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <catch2/catch.hpp>

#include "base/render.hpp"
#include "definition/field_table.hpp"
#include "definition/loader.hpp"
#include "support/pages.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::documents_test {

using namespace workflow::definition;

namespace {

std::string table_of(const KeyGroup& group) {
    std::string table =
        "| key | what it takes | without it | meaning | example |\n| --- | --- | --- | --- | --- "
        "|\n";
    for (const KeyRow& row : group.rows) {
        table += "| `" + std::string(row.key) + "` | " + std::string(row.type) + " | " +
                 std::string(row.initial) + " | " + std::string(row.meaning) + " | `" +
                 std::string(row.example) + "` |\n";
    }
    return table;
}

/// The page with each table between its markers replaced by the library's.
std::string with_tables(std::string text) {
    for (const KeyGroup& group : key_groups()) {
        const std::string opening = "<!-- keys: " + std::string(group.name) + " -->\n",
                          closing = "<!-- end keys -->";
        const auto begin = text.find(opening);
        if (begin == std::string::npos) continue;
        const auto end = text.find(closing, begin);
        text.replace(begin + opening.size(), end - begin - opening.size(), table_of(group));
    }
    return text;
}

}  // namespace

TEST_CASE("the tables of keys in the language page are the library's") {
    const std::string text = page("language.md");
    const std::string wanted = with_tables(text);
    if (std::getenv("WORKFLOW_APPROVE")) {
        std::ofstream(WORKFLOW_SOURCE_DIR "/docs/language.md", std::ios::binary) << wanted;
    } else {
        CHECK(text == wanted);
    }
    for (const KeyGroup& group : key_groups()) {
        INFO("no table for " << group.name);
        CHECK(text.find("<!-- keys: " + std::string(group.name) + " -->") != std::string::npos);
    }
}

TEST_CASE("each key of the language has a type, a meaning and an example that names it") {
    for (const KeyGroup& group : key_groups()) {
        for (const KeyRow& row : group.rows) {
            INFO(group.name << ": " << row.key);
            CHECK_FALSE(row.type.empty());
            CHECK_FALSE(row.initial.empty());
            CHECK(row.meaning.ends_with("."));
            CHECK(row.example.starts_with(std::string(row.key) + ": "));
        }
    }
}

TEST_CASE("the examples of the language page load together without a finding") {
    std::vector<Text> texts;
    for (const auto& example : testing::examples("language.md", page("language.md")))
        texts.push_back({example.path, example.content});
    CHECK(texts.size() >= 14);
    Sources sources;
    DiagnosticSink findings(sources);
    const Definitions loaded = load(texts, sources, findings);
    for (const Diagnostic& finding : findings.take()) FAIL_CHECK(render(finding));
    CHECK(loaded.items.size() == 7);
    CHECK(loaded.organization);
    CHECK(loaded.catalog);
}

TEST_CASE("the examples of the guide load together without a finding") {
    std::vector<Text> texts;
    for (const auto& example : testing::examples("language-guide.md", page("language-guide.md")))
        texts.push_back({example.path, example.content});
    Sources sources;
    DiagnosticSink findings(sources);
    const Definitions loaded = load(texts, sources, findings);
    for (const Diagnostic& finding : findings.take()) FAIL_CHECK(render(finding));
    CHECK(loaded.items.size() == 9);
    CHECK(loaded.organization);
    CHECK(loaded.catalog);
}

TEST_CASE("each code has a section in the page of diagnostics") {
    const std::string text = page("diagnostics.md");
    for (const FindingKind& kind : finding_kinds()) {
        INFO(kind.code << " " << kind.name);
        CHECK(text.find("\n### " + std::string(kind.code) + " " + std::string(kind.name) + "\n") !=
              std::string::npos);
        CHECK(text.find(std::string(kind.meaning)) != std::string::npos);
    }
}

}  // namespace workflow::testing::documents_test
