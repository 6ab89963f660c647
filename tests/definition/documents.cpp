// The pages for authors say what the library does: their tables are the library's, their examples
// load, and no code goes unexplained. WORKFLOW_APPROVE=1 writes the tables into docs/language.md.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/render.hpp"
#include "definition/field_table.hpp"
#include "definition/loader.hpp"

using namespace workflow;
using namespace workflow::definition;

namespace {

std::string page(const std::string& name) {
    std::ifstream file(WORKFLOW_SOURCE_DIR "/docs/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

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

std::vector<Text> examples(const std::string& text) {
    std::vector<Text> list;
    for (std::size_t at = text.find("```yaml\n"); at != std::string::npos;
         at = text.find("```yaml\n", at)) {
        at += 8;
        const auto end = text.find("```", at);
        const auto line =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        list.push_back({"language.md, line " + std::to_string(line), text.substr(at, end - at)});
        at = end;
    }
    return list;
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
    const auto texts = examples(page("language.md"));
    CHECK(texts.size() >= 14);
    Sources sources;
    Findings findings(sources);
    const Definitions loaded = load(texts, sources, findings);
    for (const Diagnostic& finding : findings.take()) FAIL_CHECK(render(finding));
    CHECK(loaded.items.size() == 4);
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

TEST_CASE("each example in the page of diagnostics is told the code of its section") {
    // These need the compiled net, where they are tested again.
    const std::set<std::string> compiled{"WF0406", "WF0411", "WF0412", "WF0413", "WF0414", "WF0418",
                                         "WF0420", "WF0421", "WF0422", "WF0423", "WF0424", "WF0425",
                                         "WF0501", "WF0502", "WF0503", "WF0607"};
    const std::string text = page("diagnostics.md");
    for (const FindingKind& kind : finding_kinds()) {
        const std::string heading = "\n### " + std::string(kind.code) + " ";
        const auto begin = text.find(heading);
        if (begin == std::string::npos) continue;
        const auto end = std::min(text.find("\n### ", begin + heading.size()), text.size());
        const auto texts = examples(text.substr(begin, end - begin));
        if (texts.empty()) continue;
        Sources sources;
        Findings findings(sources);
        load(texts, sources, findings);
        std::string told;
        bool found = false;
        for (const Diagnostic& finding : findings.take()) {
            told += render(finding);
            found = found || finding.code == kind.code;
        }
        INFO(kind.code << " is told:\n" << told);
        if (compiled.contains(std::string(kind.code)))
            CHECK(told.empty());
        else
            CHECK(found);
    }
}
