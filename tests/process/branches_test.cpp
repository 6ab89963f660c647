// What is told of the branches of a `choose`.

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"

namespace workflow::testing::branches_test {

namespace {

/// What is told of a choose with these conditions, each of which leads to a step of its own.
std::vector<std::string> told(const std::vector<std::string>& conditions, bool otherwise = true) {
    std::string text =
        "item: a\ntitle: A\nkind: instant\nfields:\n  fee: {type: number, required: true}\n"
        "  urgent: {type: boolean, default: false}\n"
        "  size: {type: string, values: [big, small, tiny], required: true}\n"
        "  since: {type: date}\nstart: way\nsteps:\n  way:\n    choose:\n";
    for (std::size_t i = 0; i < conditions.size(); ++i)
        text += "      - {when: '" + conditions[i] + "', to: s" + std::to_string(i) + "}\n";
    if (otherwise) text += "      - {otherwise: rest}\n  rest: {end: lapsed}\n";
    for (std::size_t i = 0; i < conditions.size(); ++i)
        text += "  s" + std::to_string(i) + ": {end: granted}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    process::compile(loaded.items[0], nullptr, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take())
        if (one.code == "WF0406" || one.code == "WF0422" || one.code == "WF0423")
            messages.push_back(one.message);
    return messages;
}

}  // namespace

TEST_CASE("branches that exclude each other are silent") {
    CHECK(told({"fee < 10", "fee in [10..20)", "fee >= 20"}).empty());
    CHECK(told({"urgent", "not(urgent) and fee > 3", "not(urgent or fee > 3)"}).empty());
    CHECK(told({"size = \"big\"", "size in (\"small\", \"tiny\")"}).empty());
    CHECK(told({"since < date(\"2020-01-01\")", "since >= date(\"2020-01-01\")"}).empty());
    CHECK(told({"size != \"big\"", "size = \"big\""}).empty());
    CHECK(told({"fee between 1 and 2", "2 < fee"}).empty());
}

TEST_CASE("branches that hold together are told with values that show it") {
    CHECK(told({"fee > 100", "fee > 10"}) ==
          std::vector<std::string>{"two branches hold for fee = 101; the first is taken"});
    CHECK(told({"urgent", "size = \"big\""}) ==
          std::vector<std::string>{
              "two branches hold for urgent = true, size = \"big\"; the first is taken"});
    CHECK(told({"size = \"big\" or fee > 3", "size in (\"big\", \"tiny\") and fee <= 3"}) ==
          std::vector<std::string>{
              "two branches hold for size = \"big\", fee = 2; the first is taken"});
}

TEST_CASE("a branch that an earlier one always precedes is told") {
    const std::vector<std::string> never{"this branch is never taken: an earlier one always is"};
    CHECK(told({"fee >= 10", "fee in [20..30]"}) == never);
    CHECK(told({"size != \"big\"", "size = \"tiny\" and urgent"}) == never);
}

TEST_CASE("conditions that are not of constants are passed over") {
    CHECK(told({"fee > count([1, 2])  * fee", "fee > 1"}).empty());
    CHECK(told({"string length(size) > 3", "size = \"big\""}).empty());
    CHECK(told({"since = null", "since < date(\"2020-01-01\")"}).empty());
}

TEST_CASE("branches need no otherwise where they leave nothing over") {
    CHECK(told({"fee < 10", "fee >= 10"}, false).empty());
    CHECK(told({"urgent", "not(urgent)"}, false).empty());
    CHECK(told({"size = \"big\"", "size != \"big\""}, false).empty());
}

TEST_CASE("what branches leave over is shown, null among it") {
    const std::string stuck = "where no branch holds, the case cannot go on";
    CHECK(told({"fee < 10", "fee > 10"}, false) ==
          std::vector<std::string>{stuck + " with fee = 10"});
    CHECK(told({"size = \"big\"", "size = \"tiny\""}, false) ==
          std::vector<std::string>{stuck + " with size = \"small\""});
    CHECK(told({"since < date(\"2020-01-01\")", "since >= date(\"2020-01-01\")"}, false) ==
          std::vector<std::string>{stuck + " with since = null"});
    CHECK(told({"fee > 1", "string length(size) > 3"}, false) == std::vector<std::string>{stuck});
}

namespace {

/// What is told of `choose: by` with these entries of `to`.
std::vector<std::string> told_by(const std::string& by, const std::string& to) {
    const auto text =
        "item: a\ntitle: A\nkind: instant\nfields:\n  fee: {type: number, required: true}\n"
        "  size: {type: string, values: [big, small], required: true}\n"
        "  colour: {type: string, values: [red, blue]}\n"
        "  urgent: {type: boolean, default: false}\n"
        "start: way\nsteps:\n  way:\n    choose: " +
        by + "\n    to: {" + to +
        "}\n"
        "  one: {end: granted}\n  two: {end: granted}\n  rest: {end: lapsed}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    process::compile(loaded.items[0], nullptr, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take())
        if (one.code != "WF0413")
            messages.push_back(one.code + " " + one.message + (one.hint.empty() ? "" : "; ") +
                               one.hint);
    return messages;
}

}  // namespace

TEST_CASE("a value chooses, and all it can be is looked at") {
    CHECK(told_by("size", "big: one, small: two").empty());
    CHECK(told_by("urgent", "'true': one, 'false': two").empty());
    CHECK(told_by("fee", "100: one, otherwise: two").empty());
    CHECK(told_by("if fee > 3 then \"a\" else \"b\"", "a: one, otherwise: two").empty());
    CHECK(told_by("size", "big: one") ==
          std::vector<std::string>{
              "WF0406 where no branch holds, the case cannot go on with size = \"small\"; "
              "add a last branch `otherwise: STEP`"});
    CHECK(told_by("colour", "red: one, blue: two") ==
          std::vector<std::string>{
              "WF0406 where no branch holds, the case cannot go on with colour = null; "
              "add a last branch `otherwise: STEP`"});
}

TEST_CASE("a value that can never be chosen by is a mistake") {
    CHECK(told_by("size", "big: one, smal: two, otherwise: rest") ==
          std::vector<std::string>{"WF0503 a string is never `smal`; did you mean `small`?"});
    CHECK(told_by("fee", "many: one, otherwise: rest") ==
          std::vector<std::string>{"WF0503 a number is never `many`"});
    CHECK(told_by("date(\"2026-03-02\")", "x: one, otherwise: rest") ==
          std::vector<std::string>{
              "WF0503 `by` requires a string, a number or a boolean, and this is a date"});
}

TEST_CASE("a choose takes the branch that a decision names") {
    const std::string decision =
        "decision: grade\ninputs: {score: number}\n"
        "outputs: {grade: {type: string, values: '\"good\", \"bad\"'}}\n"
        "rules:\n  - {score: '>= 60', grade: '\"good\"'}\n  - {score: '< 60', grade: '\"bad\"'}\n";
    const auto told = [&](const std::string& to) {
        const auto item =
            "item: a\ntitle: A\nkind: instant\nfields: {score: {type: number, required: true}}\n"
            "uses: {grade_of: grade}\nstart: way\nsteps:\n  way:\n    choose: grade_of(score)\n"
            "    to: {" +
            to + "}\n  high: {end: granted}\n  low: {end: refused}\n";
        Sources sources;
        DiagnosticSink findings(sources);
        const auto loaded =
            definition::load({{"a.yaml", item}, {"grade.yaml", decision}}, sources, findings);
        REQUIRE(loaded.items.size() == 1);
        process::compile(loaded.items[0], nullptr, findings);
        std::string all;
        for (const auto& one : findings.take()) all += one.code + " " + one.hint + "\n";
        return all;
    };
    CHECK(told("good: high, otherwise: low").empty());
    CHECK(told("god: high, otherwise: low") == "WF0503 did you mean `good`?\n");
    // No rule may apply: the decision is null then.
    CHECK(told("good: high, bad: low") == "WF0406 add a last branch `otherwise: STEP`\n");
}

}  // namespace workflow::testing::branches_test
