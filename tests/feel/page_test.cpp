// docs/feel.md lists the functions of the table, and each of its examples answers as it says.
// WORKFLOW_APPROVE=1 writes the list anew.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "feel/builtins/table.hpp"
#include "feel_support.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::page_test {

using namespace workflow::feel;

namespace {

constexpr std::string_view opening = "<!-- functions -->\n", closing = "<!-- end functions -->";
const std::string place = WORKFLOW_SOURCE_DIR "/docs/feel.md";

std::string page() {
    std::ifstream file(place, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A bar would end the cell.
std::string cell(std::string_view code) {
    std::string text = "`";
    for (const char c : code) text += c == '|' ? std::string("\\|") : std::string(1, c);
    return text + '`';
}

std::string functions() {
    std::string text;
    for (const auto& family : families()) {
        text += "\n### " + std::string(family.title) +
                "\n\n| function | meaning | example | answer |\n| --- | --- | --- | --- |\n";
        for (const auto& row : family.functions)
            text += "| " + cell(signature(row)) + " | " + std::string(row.meaning) + " | " +
                    cell(row.example) + " | " + cell(row.answer) + " |\n";
    }
    return text + '\n';
}

}  // namespace

TEST_CASE("each built-in function does what its line in the table says") {
    for (const auto& builtin : builtins()) {
        INFO(builtin.name);
        CHECK(eval(builtin.example) == builtin.answer);
        CHECK_FALSE(builtin.meaning.empty());
        CHECK(builtin.example.find(builtin.name) != std::string_view::npos);
        REQUIRE(find_builtin(builtin.name));
        CHECK(find_builtin(builtin.name)->name == builtin.name);
    }
}

TEST_CASE("the page lists the functions of the table") {
    auto text = page();
    const auto begin = text.find(opening), end = text.find(closing);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    auto wanted = text;
    wanted.replace(begin + opening.size(), end - begin - opening.size(), functions());
    if (std::getenv("WORKFLOW_APPROVE"))
        std::ofstream(place, std::ios::binary) << wanted;
    else
        CHECK(text == wanted);
}

TEST_CASE("each example of the page answers as it says") {
    // In a block ```feel, each line is `expression -> answer`.
    std::istringstream lines(page());
    int checked = 0;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) {
            inside = line == "```feel";
            continue;
        }
        const auto arrow = line.find(" -> ");
        if (!inside || arrow == std::string::npos) continue;
        INFO(line);
        const auto written = line.substr(0, arrow);
        const auto answer = line.substr(arrow + 4);
        CHECK(eval(written) == answer);
        ++checked;
    }
    CHECK(checked >= 30);
}

}  // namespace workflow::testing::page_test
