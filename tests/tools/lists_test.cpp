// Who applies, what is owed, and what a list is searched by.

#include "tools/terminal.hpp"

namespace workflow::testing::lists_test {

namespace {

/// The standard item with a material for an agent, and one that may come later.
void owe(Terminal& run) {
    for (auto text : workflow::testing::standard_texts()) {
        if (const auto at = text.content.find("process: accept-review-issue\nwith");
            at != std::string::npos)
            text.content.insert(
                at,
                "  authority: {title: 授权委托书, for: proxy}\n"
                "  certificate: {title: 证明, source: later, within: 10 workdays}\n");
        run.write("definitions/" + text.path, text.content);
    }
}

std::size_t rows_of(Terminal& run, const std::vector<std::string>& more) {
    std::vector<std::string> words{"cases", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto said = run(words);
    INFO(said.err);
    CHECK(said.code == 0);
    return said.json().size();
}

}  // namespace

TEST_CASE("cases are searched by who applies, with a vault and without") {
    for (const bool vault : {false, true}) {
        Terminal run;
        if (vault) {
            REQUIRE(run({"vault", "keygen", "--out", run.path("hall.vault")}).code == 0);
            run.environment["WORKFLOW_VAULT_KEY"] = run.path("hall.vault");
        }
        run.open("1001");
        run.open("1001");
        run.open("1002");
        CHECK(rows_of(run, {"--applicant", "1001"}) == 2);
        CHECK(rows_of(run, {"--applicant", "1001", "--limit", "1"}) == 1);
        CHECK(rows_of(run, {"--applicant", "1001", "--status", "granted"}) == 0);
        CHECK(rows_of(run, {"--applicant", "1003"}) == 0);
        // It would tell a blind reviewer whose case it is.
        CHECK(run({"cases", "--applicant", "1001", "--reader", "zhao"}).code == 2);
    }
}

TEST_CASE("who applies is shown with --personal, and not without") {
    Terminal run;
    const auto number = run.open("1001");
    CHECK_FALSE(holds(run({"show", number}).out, "applicant  "));
    CHECK(holds(run({"show", number, "--personal"}).out, "applicant       1001"));
}

TEST_CASE("what is not needed is not missing, and what may come later is owed from acceptance on") {
    Terminal run;
    owe(run);
    const auto number = run.open();
    const auto materials = [&] {
        return run({"show", number, "--format", "json"}).json().at("materials");
    };
    CHECK(materials().at("photo") == "provided");
    CHECK(materials().at("authority") == "not needed");
    CHECK(materials().at("certificate") == "later");
    CHECK(rows_of(run, {"--owed"}) == 0);
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    CHECK(materials().at("certificate") == "owed since 2026-03-02, due 2026-03-16");
    CHECK(rows_of(run, {"--owed"}) == 1);
    REQUIRE(run({"supply", number, "--material", "certificate"}).code == 0);
    CHECK(materials().at("certificate") == "provided");
    CHECK(rows_of(run, {"--owed"}) == 0);
}

TEST_CASE("the engine's own entries are no deviations of a case") {
    Terminal run;
    const auto number = run.open();
    REQUIRE(run({"urge", number, "--reason", "I travel on Monday"}).code == 0);
    REQUIRE(run({"complete", number, "decline", "--as", "lin", "--reason", "not ours"}).code == 0);
    REQUIRE(run({"export", "xes", "--out", run.path("hall.xes")}).code == 0);
    const auto said = run({"conform", run.path("hall.xes"), "social-card.replace-lost"});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK_FALSE(holds(said.out, "no step"));
}

}  // namespace workflow::testing::lists_test
