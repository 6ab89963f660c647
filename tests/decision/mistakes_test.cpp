// What is told of a model that is not one, or contradicts itself.

#include <catch2/catch.hpp>

#include "decision/models.hpp"
#include "decision/xml_nodes.hpp"

namespace workflow::testing::mistakes_test {

TEST_CASE("each mistake of a model has its code") {
    const auto literal = [](const std::string& text) {
        return decision("<literalExpression><text>" + text + "</text></literalExpression>");
    };
    CHECK(compile("<definitions>").tells("WF0801"));
    CHECK(compile("<html/>").tells("WF0802"));
    CHECK(compile(std::string(workflow::decision::largest_model + 1, ' ')).tells("WF0803"));
    CHECK(compile(model("<decision id=\"d\" name=\"d\"><informationRequirement><requiredInput "
                        "href=\"#x\"/></informationRequirement></decision>"))
              .tells("WF0804"));
    CHECK(compile(model("<import name=\"o\" namespace=\"urn:o\"/>")).tells("WF0805"));
    CHECK(compile(model("<decision id=\"d\" name=\"d\"><informationRequirement><requiredDecision "
                        "href=\"#d\"/></informationRequirement></decision>"))
              .tells("WF0806"));
    CHECK(compile(model("<inputData id=\"a\" name=\"a\"><variable name=\"a\" typeRef=\"tAge\"/>"
                        "</inputData>"))
              .tells("WF0807"));
    CHECK(compile(model("<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition>"))
              .tells("WF0808"));
    CHECK(compile(decision(table("hitPolicy=\"SOMEHOW\"", {}))).tells("WF0809"));
    CHECK(compile(decision(table("hitPolicy=\"PRIORITY\"", {{"-", "-", "1"}}))).tells("WF0810"));
    CHECK(compile(literal("agee + 1")).tells("WF0505"));
    CHECK(compile(literal("age + region")).tells("WF0506"));
    CHECK(compile(literal("age +")).tells("WF0501"));
}

TEST_CASE("a mistake in an expression is told at its place in the model") {
    const auto compiled =
        compile(decision("\n<literalExpression><text>\n  1 + agee</text></literalExpression>"));
    REQUIRE(compiled.findings.size() == 1);
    CHECK(compiled.findings[0].span.line == 3);
    CHECK(compiled.findings[0].span.column == 7);
    CHECK(compiled.findings[0].hint == "did you mean `age`?");
}

TEST_CASE("nothing outside of the text is read") {
    const auto compiled =
        compile("<!DOCTYPE definitions [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
                decision("<literalExpression><text>\"&x;\"</text></literalExpression>"));
    if (compiled.program->find("", "d")) CHECK(compiled.value("1", "A") == "\"&x;\"");
}

TEST_CASE("decisions that rest on each other in a circle have no value, and end") {
    const auto compiled = compile(model(
        "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><informationRequirement>"
        "<requiredDecision href=\"#e\"/></informationRequirement><literalExpression><text>e + "
        "1</text></literalExpression></decision>"
        "<decision id=\"e\" name=\"e\"><variable name=\"e\"/><informationRequirement>"
        "<requiredDecision href=\"#d\"/></informationRequirement><literalExpression><text>d + "
        "1</text></literalExpression></decision>"));
    CHECK(compiled.tells("WF0806"));
    CHECK(compiled.value("1", "A") == "null");
}

TEST_CASE("knowledge that calls itself for ever ends in null") {
    const auto compiled = compile(
        model("<businessKnowledgeModel id=\"f\" name=\"f\"><encapsulatedLogic><formalParameter "
              "name=\"n\"/><literalExpression><text>f(n + 1)</text></literalExpression>"
              "</encapsulatedLogic></businessKnowledgeModel>"
              "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><knowledgeRequirement>"
              "<requiredKnowledge href=\"#f\"/></knowledgeRequirement><literalExpression><text>f(1)"
              "</text></literalExpression></decision>"));
    CHECK(compiled.value("1", "A") == "null");
}

}  // namespace workflow::testing::mistakes_test
