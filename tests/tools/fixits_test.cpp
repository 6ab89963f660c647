// `workflow validate --fix`: what is plainly a slip of the pen is mended, and nothing else.

#include <filesystem>

#include "tools/terminal.hpp"

namespace workflow::testing::fixits_test {

namespace {

/// An item with comments and a layout of its author's own.
std::string item(const std::string& key, const std::string& step, const std::string& word) {
    return "# 补领, by hand.\n"
           "item:   a      # its id\n"
           "title: {zh: 补领,   en: \"Replace a card\"}\n"
           "kind: " +
           word +
           "\n"
           "\n"
           "start: intake\r\n"
           "steps:\n"
           "  intake:\n"
           "    task: intake\n"
           "    post: window\n"
           "    " +
           key +
           ":            # what may come of it\n"
           "      accept:  '" +
           step +
           "'\n"
           "      decline: {to: declined,requires: reason}\n"
           "  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}\n"
           "  granted: {end: granted}    # 办结\n"
           "  declined: {end: not accepted}\n";
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

const auto right = item("outcomes", "issue", "instant");

}  // namespace

TEST_CASE("misspelled words are mended, and everything else stays to the letter") {
    Terminal run;
    REQUIRE(right != item("outcomse", "isue", "instnt"));
    run.write("a.yaml", item("outcomse", "isue", "instnt"));
    const auto file = run.path("a.yaml");
    const Said said = run({"validate", file, "--fix"});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(content(file) == right);
    CHECK(holds(said.out, file + ":4:7: fixed: `instnt` is now `instant`\n"));
    CHECK(holds(said.out, file + ":11:5: fixed: `outcomse` is now `outcomes`\n"));
    CHECK(holds(said.out, file + ":12:17: fixed: `isue` is now `issue`\n"));
    CHECK(holds(said.out, "1 file, 1 item, 0 errors"));
    // What is right is not written anew.
    const auto written = std::filesystem::last_write_time(file);
    CHECK(run({"validate", file, "--fix"}).code == 0);
    CHECK(std::filesystem::last_write_time(file) == written);
    CHECK(std::filesystem::exists(file + ".mended") == false);
}

TEST_CASE("what needs thought is left to the author, and told") {
    Terminal run;
    const auto doubled = right + "  granted: {end: granted}\n";
    run.write("a.yaml", doubled);
    const Said said = run({"validate", run.path("a.yaml"), "--fix"});
    CHECK(said.code == 1);
    CHECK(content(run.path("a.yaml")) == doubled);
    CHECK(!holds(said.out, "fixed"));
}

TEST_CASE("a replacement that brings a new error is not kept, and one beside it is") {
    Terminal run;
    // `acept` is near to `accept`, which is there already.
    auto wrong = right;
    wrong.replace(wrong.find("decline: {to: declined,requires"), 31,
                  "decline: {to: declined,requries");
    wrong.replace(wrong.find("kind: instant"), 13, "kind: instnat");
    run.write("a.yaml", wrong);
    const Said said = run({"validate", run.path("a.yaml"), "--fix"});
    INFO(said.out);
    CHECK(said.code == 0);
    CHECK(content(run.path("a.yaml")) == right);
    auto twice = right;
    twice.replace(twice.find("    post: window\n"), 17, "    post: window\n    psot: other\n");
    twice.replace(twice.find("kind: instant"), 13, "kind: instnat");
    run.write("b.yaml", twice);
    const Said left = run({"validate", run.path("b.yaml"), "--fix"});
    INFO(left.out);
    CHECK(left.code == 1);
    twice.replace(twice.find("kind: instnat"), 13, "kind: instant");
    CHECK(content(run.path("b.yaml")) == twice);
}

TEST_CASE("only the files that are named are mended, not those that they are checked among") {
    Terminal run;
    const auto other = item("outcomes", "isue", "instant");
    run.write("definitions/a.yaml", other);
    run.write("definitions/b.yaml", [&] {
        auto text = item("outcomse", "issue", "instant");
        return text.replace(text.find("a      #"), 1, "b");
    }());
    const Said said = run({"validate", run.path("definitions/b.yaml"), "--with",
                           run.path("definitions"), "--fix", "--format", "json"});
    INFO(said.out << said.err);
    const auto mended = said.json().at("mended");
    REQUIRE(mended.size() == 1);
    CHECK(mended[0].at("after") == "outcomes");
    CHECK(mended[0].at("line") == 11);
    CHECK(content(run.path("definitions/a.yaml")) == other);
}

TEST_CASE("standard input cannot be mended") {
    Terminal run;
    CHECK(run({"validate", "-", "--fix"}, right).code == 2);
}

TEST_CASE("a finding that can be mended says with what, in JSON and in SARIF") {
    Terminal run;
    run.write("a.yaml", item("outcomes", "isue", "instant"));
    const auto file = run.path("a.yaml");
    const auto told = run({"validate", file, "--format", "json"}).json().at("diagnostics").at(0);
    CHECK(told.at("replacement") == "issue");
    const auto result =
        run({"validate", file, "--format", "sarif"}).json().at("runs").at(0).at("results").at(0);
    const auto& change = result.at("fixes").at(0).at("artifactChanges").at(0);
    const auto& replacement = change.at("replacements").at(0);
    CHECK(replacement.at("insertedContent").at("text") == "issue");
    CHECK(replacement.at("deletedRegion").at("startLine") == 12);
    CHECK(replacement.at("deletedRegion").at("endColumn") == 21);
}

TEST_CASE("findings are written as annotations for GitHub, each with its place") {
    Terminal run;
    run.write("a,b.yaml", item("outcomes", "isue", "instant"));
    const Said said = run({"validate", run.path("a,b.yaml"), "--format", "github"});
    CHECK(said.code == 1);
    CHECK(holds(said.out, "::error file="));
    CHECK(holds(said.out, "a%2Cb.yaml,line=12,endLine=12,col=17,endColumn=21,title=WF0"));
    CHECK(holds(said.out, "::there is no step `isue`%0Adid you mean `issue`?\n"));
}

}  // namespace workflow::testing::fixits_test
