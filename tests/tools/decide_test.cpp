// `decide` and `eval`: decisions and expressions, without any case.

#include "tools/terminal.hpp"

namespace workflow::testing::decide_test {

namespace {

const std::string months = R"(decision: benefit.months
inputs: {years: whole number, since: date}
outputs: {months: number}
rules:
  - {years: '[0..4]', months: 12}
  - {years: '>= 5', since: '< date("2020-01-01")', months: 24}
  - {years: '>= 5', since: '>= date("2020-01-01")', months: 18}
)";

}  // namespace

TEST_CASE("decide prints what a decision file gives, and the rules that applied") {
    Terminal run;
    run.write("months.yaml", months);
    run.write("in.json", R"({"years": 7, "since": "2019-05-01"})");
    const auto said = run({"decide", run.path("months.yaml"), "--input", run.path("in.json")});
    CHECK(said.code == 0);
    CHECK(said.out == "benefit.months = 24\n  rule 2 (" + run.path("months.yaml") + ":6)\n");
    const auto json = run({"decide", run.path("months.yaml"), "--input", "-", "--format", "json"},
                          R"({"years": 7, "since": "2021-05-01"})")
                          .json();
    REQUIRE(json.size() == 1);
    CHECK(json[0]["decision"] == "benefit.months");
    CHECK(json[0]["value"] == 18);
    CHECK(json[0]["rules"][0]["rule"] == 3);
    CHECK(json[0]["problems"].empty());
}

TEST_CASE("decide says why there is no value") {
    Terminal run;
    run.write("months.yaml", months);
    const auto said = run({"decide", run.path("months.yaml"), "--input", "-"}, R"({"years": 7.5})");
    CHECK(said.code == 0);
    CHECK(said.out == "benefit.months = null\n  7.5 is not among the values its type allows\n");
}

TEST_CASE("decide evaluates a DMN model") {
    Terminal run;
    run.write("m.dmn", R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
 namespace="urn:m"><inputData id="a" name="Applied on"><variable name="Applied on" typeRef="date"/>
</inputData><decision id="y" name="Year"><variable name="Year"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<literalExpression><text>Applied on.year</text></literalExpression></decision></definitions>)");
    const auto said = run({"decide", run.path("m.dmn"), "Year", "--input", "-"},
                          R"({"Applied on": "2026-03-02"})");
    CHECK(said.out == "Year = 2026\n");
    CHECK(said.code == 0);
}

TEST_CASE("decide tells what is not there, and how it may be called") {
    Terminal run;
    run.write("months.yaml", months);
    const auto unknown =
        run({"decide", run.path("months.yaml"), "--input", "-"}, R"({"yeers": 7})");
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("did you mean `years`?") != std::string::npos);
    const auto other = run({"decide", run.path("months.yaml"), "benefit.month"});
    CHECK(other.code == 2);
    CHECK(other.err.find("did you mean `benefit.months`?") != std::string::npos);
    CHECK(run({"decide", run.path("nothing.dmn")}).code == 3);
    CHECK(run({"decide", run.path("months.yaml"), "--input", "-"}, "[1]").code == 3);
    run.write("bad.yaml", "decision: d\ninputs: {x: number}\nvalue: x + \"a\"\n");
    const auto bad = run({"decide", run.path("bad.yaml")});
    CHECK(bad.code == 1);
    CHECK(bad.err.find("WF0503") != std::string::npos);
}

TEST_CASE("eval prints the value of an expression over a context") {
    Terminal run;
    CHECK(run({"eval", "1 / 3"}).out == "0.3333333333333333333333333333333333\n");
    CHECK(run({"eval", "fee * 2", "--context", "-"}, R"({"fee": 20.50})").out == "41.0\n");
    CHECK(run({"eval", "today()", "--at", "2026-03-02T09:00"}).out == "@\"2026-03-02\"\n");
    CHECK(run({"eval", "[1, \"a\"]", "--format", "json"}).json()["value"].size() == 2);
}

TEST_CASE("eval shows a mistake with its column, and why there is no answer") {
    Terminal run;
    const auto unknown = run({"eval", "fees + 1", "--context", "-"}, R"({"fee": 20})");
    CHECK(unknown.code == 1);
    CHECK(unknown.err.find("did you mean `fee`?") != std::string::npos);
    const auto nothing = run({"eval", "(function(x) x)(1, 2)"});
    CHECK(nothing.code == 1);
    CHECK(run({"eval", "1 / 0"}).out == "null\n");
}

}  // namespace workflow::testing::decide_test
