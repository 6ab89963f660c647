// What decision tables answer, and what is told of their rules.

#include <catch2/catch.hpp>

#include "decision/models.hpp"

namespace workflow::testing::tables_test {

namespace {

const std::vector<Row> overlapping{{"< 18", "-", "\"child\""}, {">= 16", "-", "\"adult\""}};

}  // namespace

TEST_CASE("each hit policy makes its own of two rules that apply") {
    const auto answer = [](const std::string& policy, const std::string& output = "<output/>") {
        return compile(decision(table("hitPolicy=\"" + policy + "\"", overlapping, output)))
            .value("17", "A");
    };
    const std::string adult_first =
        "<output><outputValues><text>\"adult\", \"child\"</text></outputValues></output>";
    CHECK(answer("UNIQUE") == "null");
    CHECK(answer("ANY") == "null");
    CHECK(answer("FIRST") == "\"child\"");
    CHECK(answer("PRIORITY", adult_first) == "\"adult\"");
    CHECK(answer("OUTPUT ORDER", adult_first) == "[\"adult\", \"child\"]");
    CHECK(answer("RULE ORDER") == "[\"child\", \"adult\"]");
    CHECK(answer("COLLECT") == "[\"child\", \"adult\"]");
}

TEST_CASE("what is collected may be counted, summed, or its least and greatest taken") {
    const std::vector<Row> rows{{"> 10", "-", "3"}, {"> 20", "-", "5"}, {"> 30", "-", "7"}};
    const auto answer = [&](const std::string& aggregation, const std::string& age) {
        return compile(decision(table("hitPolicy=\"COLLECT\" aggregation=\"" + aggregation + "\"",
                                      rows)))
            .value(age, "A");
    };
    CHECK(answer("SUM", "25") == "8");
    CHECK(answer("COUNT", "25") == "2");
    CHECK(answer("COUNT", "5") == "0");
    CHECK(answer("MIN", "40") == "3");
    CHECK(answer("MAX", "40") == "7");
    CHECK(answer("SUM", "5") == "null");
}

TEST_CASE("a table gives its default where no rule applies, and else null") {
    const std::vector<Row> rows{{"> 10", "\"A\"", "1"}};
    CHECK(compile(decision(table("", rows))).value("5", "A") == "null");
    CHECK(compile(decision(table("", rows,
                                 "<output><defaultOutputEntry><text>0</text></defaultOutputEntry>"
                                 "</output>")))
              .value("5", "A") == "0");
}

TEST_CASE("rules that overlap in a unique table are told with inputs to which both apply") {
    const auto compiled = compile(decision(table("", overlapping)));
    CHECK(compiled.messages("WF0811") ==
          std::vector<std::string>{"rules 1 and 2 both apply to age = 16, region = anything, but "
                                   "the hit policy allows only one"});
}

TEST_CASE("a gap is told with inputs to which no rule applies") {
    CHECK(
        compile(decision(table("", {{"< 18", "-", "1"}, {"> 18", "-", "2"}}))).messages("WF0812") ==
        std::vector<std::string>{"no rule applies to age = 18, region = anything"});
    const auto compiled = compile(decision(table("", {{"< 18", "\"A\"", "1"}})));
    CHECK_FALSE(compiled.messages("WF0812").empty());
}

TEST_CASE("ends that touch leave neither gap nor overlap, closed ones once") {
    CHECK(compile(decision(table("", {{"<= 18", "-", "1"}, {"> 18", "-", "2"}}))).findings.empty());
    CHECK(compile(decision(table("", {{"[0..18)", "-", "1"}, {"[18..60]", "-", "2"}})))
              .messages("WF0811")
              .empty());
    CHECK(compile(decision(table("", {{"<= 18", "-", "1"}, {">= 18", "-", "2"}}))).tells("WF0811"));
}

TEST_CASE("negated tests and lists of values are seen for what they accept") {
    CHECK(compile(decision(table("", {{"-", "\"A\",\"B\"", "1"}, {"-", "not(\"A\",\"B\")", "2"}})))
              .findings.empty());
    CHECK(compile(decision(table("", {{"-", "\"A\",\"B\"", "1"}, {"-", "not(\"A\")", "2"}})))
              .tells("WF0811"));
}

TEST_CASE("rules that never apply, that are there twice, or that could be one are told") {
    CHECK(compile(decision(table("hitPolicy=\"FIRST\"", {{"-", "-", "1"}, {"< 5", "-", "2"}})))
              .tells("WF0813"));
    CHECK(compile(decision(table("", {{"-", "-", "1"}, {"-", "-", "1"}}))).tells("WF0814"));
    CHECK(compile(decision(table("", {{"< 5", "-", "1"}, {">= 5", "-", "1"}}))).tells("WF0815"));
}

TEST_CASE("a table with conditions on other names is not searched, and says so") {
    const auto compiled =
        compile(decision(table("", {{"< string length(region)", "-", "1"}, {">= 5", "-", "2"}})));
    CHECK(compiled.tells("WF0816"));
    CHECK_FALSE(compiled.tells("WF0811"));
}

TEST_CASE("a comment may end a condition") {
    const auto compiled = compile(decision(
        "<filter><in><literalExpression><text>[1, 2, 3]</text></literalExpression></in><match>"
        "<literalExpression><text>item &lt; age // not yet</text></literalExpression></match>"
        "</filter>"));
    CHECK(compiled.findings.empty());
    CHECK(compiled.value("3", "A") == "[1, 2]");
}

TEST_CASE("a boxed loop goes over a range as FEEL does") {
    const auto answer = [](const std::string& range) {
        return compile(decision("<for iteratorVariable=\"i\"><in><literalExpression><text>" +
                                range +
                                "</text></literalExpression></in><return><literalExpression><text>i"
                                "</text></literalExpression></return></for>"))
            .value("1", "A");
    };
    CHECK(answer("[1..3]") == "[1, 2, 3]");
    CHECK(answer("(1..3)") == "[2]");
    CHECK(answer("[@\"2026-03-01\"..@\"2026-03-02\"]") == "[@\"2026-03-01\", @\"2026-03-02\"]");
}

}  // namespace workflow::testing::tables_test
