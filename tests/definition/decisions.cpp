// `decision:` files: what they say, what is told of their mistakes, and what items make of them.

#include "definition/decisions.hpp"

#include <algorithm>

#include "definition/loader.hpp"
#include "support/catch.hpp"

namespace workflow::testing::decisions_test {

using namespace workflow::definition;

namespace {

const std::string months = R"(decision: benefit.months
inputs: {years: whole number}
outputs: {months: number}
rules:
  - {years: '[1..4]', months: 12}
  - {years: '[5..9]', months: 18}
  - {years: '>= 10', months: 24}
)";

const std::string model = R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"
 name="Risk" namespace="urn:risk">
<inputData id="a" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="s" name="Score"><variable name="Score" typeRef="number"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<literalExpression><text>amount / 100</text></literalExpression></decision>
<businessKnowledgeModel id="d" name="Double"><variable name="Double"/><encapsulatedLogic>
<formalParameter name="x" typeRef="number"/><literalExpression><text>2 * x</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
</definitions>
)";

struct Load {
    Sources sources;
    DiagnosticSink findings{sources};
    Definitions definitions;
    std::vector<Diagnostic> told;

    explicit Load(const std::vector<std::string>& contents) {
        std::vector<Text> texts;
        for (const auto& content : contents)
            texts.push_back(
                {"t" + std::to_string(texts.size()) + (content.starts_with("<") ? ".dmn" : ".yaml"),
                 content});
        definitions = load(texts, sources, findings);
        told = findings.take();
    }
    /// Codes and messages, without the notes.
    [[nodiscard]] std::vector<std::string> messages() const {
        std::vector<std::string> all;
        for (const auto& one : told)
            if (one.severity != Severity::note) all.push_back(one.code + " " + one.message);
        return all;
    }
    [[nodiscard]] std::string call(const std::string& decision,
                                   std::vector<Value> arguments) const {
        const auto node = definitions.decisions->find("", decision);
        REQUIRE(node);
        const auto callee = definitions.decisions->function(*node);
        feel::Evaluation evaluation;
        return to_string(feel::invoke(*callee.as<feel::Function>(), arguments, evaluation));
    }
};

Value number(const char* text) {
    return {*parse_decimal(text)};
}

/// An item whose one decision by rule is `condition`.
std::string item(const std::string& uses, const std::string& condition) {
    return "item: a\ntitle: A\nkind: instant\nuses: " + uses +
           "\nfields: {years: {type: number, required: true}, size: {type: string, values: [big, "
           "small], required: true}}\nstart: way\nsteps:\n  way:\n    choose:\n      - {when: '" +
           condition +
           "', to: yes}\n      - {otherwise: no}\n  yes: {end: granted}\n  no: {end: refused}\n";
}

}  // namespace

TEST_CASE("a decision file is a function of its inputs") {
    const Load load({months});
    CHECK(load.messages() == std::vector<std::string>{"WF0812 no rule applies to years = 0"});
    CHECK(load.call("benefit.months", {number("7")}) == "18");
    CHECK(load.call("benefit.months", {number("0")}) == "null");
}

TEST_CASE("nothing lies between two whole numbers, but between two numbers") {
    const auto gaps = [](std::string text) {
        text.replace(text.find("whole number"), 12, "number");
        return Load({text}).messages();
    };
    CHECK(gaps(months) == std::vector<std::string>{"WF0812 no rule applies to years = 0",
                                                   "WF0812 no rule applies to years = 4.5",
                                                   "WF0812 no rule applies to years = 9.5"});
    CHECK(Load({months}).call("benefit.months", {number("4.5")}) == "null");
}

TEST_CASE("a decision calls others by the names it gives them") {
    const std::string pay = R"(decision: benefit.pay
uses: {months: benefit.months, twice: 'Risk#Double'}
inputs: {years: whole number}
value: twice(months(years)) * 100
)";
    const Load load({pay, months, model});
    CHECK(load.call("benefit.pay", {number("12")}) == "4800");
}

TEST_CASE("several outputs are a context, and a hit policy may collect") {
    const std::string rows = R"(decision: checks
hit: collect
inputs: {kind: {type: string, values: '"a", "b"'}}
outputs: {who: string, days: number}
rules:
  - {kind: '"a"', who: '"hall"', days: 1}
  - {who: '"bureau"', days: 2}
)";
    const Load load({rows});
    CHECK(load.messages().empty());
    CHECK(load.call("checks", {Value("a")}) ==
          R"([{who: "hall", days: 1}, {who: "bureau", days: 2}])");
    CHECK(load.call("checks", {Value("b")}) == R"([{who: "bureau", days: 2}])");
}

TEST_CASE("each mistake of a decision file is told where it stands") {
    CHECK(Load({"decision: d\ninputs: {x: number}\noutputs: {y: number}\nrules:\n"
                "  - {x: '> \"a\"', y: 1}\n  - {z: 1, y: 2}\n"})
              .messages() ==
          std::vector<std::string>{"WF0201 `z` is not an input or output of this decision"});
    CHECK(Load({"decision: d\ninputs: {x: number}\noutputs: {y: number}\nrules:\n"
                "  - {x: '> \"a\"', y: 1}\n  - {x: '-', y: w}\n"})
              .messages() ==
          std::vector<std::string>{"WF0503 a number is compared with a string, which is never true",
                                   "WF0502 there is no field `w`"});
    CHECK(Load({"decision: d\ninputs: {x: numbr}\nvalue: x\nhit: first\n"}).messages() ==
          std::vector<std::string>{
              "WF0211 a type cannot be `numbr`",
              "WF0213 a decision has either a table with `outputs` and `rules`, or a `value`"});
}

TEST_CASE("a table may put its results together, and take the one of highest priority") {
    const auto rows = [](const std::string& hit) {
        return "decision: d\nhit: " + hit +
               "\ninputs: {x: number}\noutputs: {y: {type: number, values: '3, 2'}}\nrules:\n"
               "  - {x: '> 1', y: 2}\n  - {x: '> 2', y: 3}\n";
    };
    const std::vector<std::pair<std::string, std::string>> wanted{{"sum", "5"},
                                                                  {"count", "2"},
                                                                  {"min", "2"},
                                                                  {"max", "3"},
                                                                  {"priority", "3"},
                                                                  {"first", "2"},
                                                                  {"rule order", "[2, 3]"},
                                                                  {"output order", "[3, 2]"}};
    for (const auto& [hit, value] : wanted) {
        INFO(hit);
        CHECK(Load({rows(hit)}).call("d", {number("9")}) == value);
    }
}

TEST_CASE("values of an input are looked at by a table only") {
    CHECK(Load({"decision: d\ninputs: {x: {type: number, values: '[0..9]'}}\nvalue: x\n"})
              .messages() == std::vector<std::string>{"WF0216 `values` applies only to a table"});
}

TEST_CASE("decisions that use each other in a circle are refused") {
    const auto told = Load({"decision: a\nuses: {b: b}\ninputs: {x: number}\nvalue: b(x)\n",
                            "decision: b\nuses: {a: a}\ninputs: {x: number}\nvalue: a(x)\n"})
                          .messages();
    REQUIRE_FALSE(told.empty());
    CHECK(told.front().starts_with("WF0806"));
}

TEST_CASE("an item calls a decision by its own name for it, and is made of its text, too") {
    const Load load({item("{months: benefit.months}", "months(years) > 12"), months});
    REQUIRE(load.definitions.items.size() == 1);
    const auto& made = load.definitions.items.front();
    REQUIRE(made.uses.size() == 1);
    CHECK(made.sources == std::vector<std::uint32_t>{0, 1});
    const Load other({item("{months: benefit.months}", "months(years) > 12"), months + "\n"});
    CHECK_FALSE(other.definitions.items.front().digest == made.digest);
}

TEST_CASE("a decision of a DMN model is a function of the input data that it rests on") {
    const Load load({item("{score: 'Risk#Score'}", "score(years) > 12"), model});
    CHECK(load.messages().empty());
    REQUIRE(load.definitions.items.size() == 1);
    const auto& used = load.definitions.items.front().uses.front();
    feel::Evaluation evaluation;
    const std::vector<Value> arguments{number("250")};
    CHECK(to_string(feel::invoke(*used.function.as<feel::Function>(), arguments, evaluation)) ==
          "2.5");
    // A decision file calls it in the same way.
    const Load calling(
        {"decision: d\nuses: {score: 'Risk#Score'}\ninputs: {x: number}\nvalue: score(x) + 1\n",
         model});
    CHECK(calling.messages().empty());
    CHECK(calling.call("d", {number("250")}) == "3.5");
}

TEST_CASE("a decision that is not there is told with the nearest name") {
    const Load load(
        {item("{months: benefit.month, s: 'Risk#Scor', t: 'Rsk#Score'}", "true"), months, model});
    std::vector<std::string> hints;
    for (const auto& finding : load.told)
        if (finding.code == "WF0817") hints.push_back(finding.hint);
    CHECK(hints == std::vector<std::string>{"did you mean `benefit.months`?",
                                            "did you mean `Score`?", "did you mean `Risk`?"});
}

TEST_CASE("a result is one of the values that its output lists") {
    const std::string grade = R"(decision: grade
inputs: {score: {type: number, values: '[0..100]'}}
outputs: {grade: {type: string, values: '"good", "bad"'}}
rules:
  - {score: '>= 60', grade: '"good"'}
  - {score: '< 60', grade: 'GRADE'}
)";
    const auto with = [&](const std::string& result) {
        auto text = grade;
        text.replace(text.find("GRADE"), 5, result);
        return Load({text});
    };
    CHECK(with("\"bad\"").messages().empty());
    CHECK(with("\"poor\"").messages() ==
          std::vector<std::string>{"WF0819 \"poor\" is not among the output's `values`"});
    // What is calculated is looked at when it is.
    const auto load = with("if score > 50 then \"bad\" else \"worst\"");
    CHECK(load.messages().empty());
    CHECK(load.call("grade", {Value(Decimal{55})}) == "\"bad\"");
    CHECK(load.call("grade", {Value(Decimal{45})}) == "null");
}

}  // namespace workflow::testing::decisions_test
