#pragma once

/// Small decision models for the tests, and what is told of them.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "decision/program.hpp"
#include "decision/xml_reader.hpp"

namespace workflow::testing {

/// A model of these elements.
inline std::string model(const std::string& inside) {
    return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" "
           "namespace=\"urn:m\">" +
           inside + "</definitions>";
}

/// Input data `age` and `region`, and the decision `d` with this logic, which rests on both.
inline std::string decision(const std::string& logic) {
    return model(
        "<inputData id=\"a\" name=\"age\"><variable name=\"age\" typeRef=\"number\"/></inputData>"
        "<inputData id=\"r\" name=\"region\"><variable name=\"region\" typeRef=\"string\"/>"
        "</inputData>"
        "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>"
        "<informationRequirement><requiredInput href=\"#a\"/></informationRequirement>"
        "<informationRequirement><requiredInput href=\"#r\"/></informationRequirement>" +
        logic + "</decision>");
}

struct Row {
    std::string age, region, result;
};

/// A table over age and region.
inline std::string table(const std::string& attributes, const std::vector<Row>& rows,
                         const std::string& output = "<output/>") {
    std::string text = "<decisionTable " + attributes +
                       "><input><inputExpression><text>age</text></inputExpression></input>"
                       "<input><inputExpression><text>region</text></inputExpression></input>" +
                       output;
    for (const auto& row : rows)
        text += fmt::format(
            "<rule><inputEntry><text><![CDATA[{}]]></text></inputEntry>"
            "<inputEntry><text><![CDATA[{}]]></text></inputEntry>"
            "<outputEntry><text>{}</text></outputEntry></rule>",
            row.age, row.region, row.result);
    return text + "</decisionTable>";
}

struct Compiled {
    std::shared_ptr<const workflow::decision::Program> program;
    std::vector<workflow::Diagnostic> findings;

    [[nodiscard]] bool tells(std::string_view code) const {
        for (const auto& finding : findings)
            if (finding.code == code) return true;
        return false;
    }
    /// The messages of a code.
    [[nodiscard]] std::vector<std::string> messages(std::string_view code) const {
        std::vector<std::string> found;
        for (const auto& finding : findings)
            if (finding.code == code) found.push_back(finding.message);
        return found;
    }
    /// The value of decision `d`.
    [[nodiscard]] std::string value(const std::string& age, const std::string& region) const {
        workflow::feel::Evaluation evaluation;
        std::vector<workflow::decision::Given> inputs;
        if (const auto number = workflow::parse_decimal(age))
            inputs.push_back({"", "age", workflow::Value(*number)});
        inputs.push_back({"", "region", workflow::Value(region)});
        return to_string(program->evaluate(*program->find("", "d"), inputs, evaluation));
    }
};

inline Compiled compile(const std::string& text) {
    workflow::Sources sources;
    const auto source = sources.add(workflow::Source("m.dmn", text));
    workflow::DiagnosticSink findings(sources);
    std::vector<workflow::decision::Model> models;
    if (auto read = workflow::decision::read_xml(sources, source, findings))
        models.push_back(std::move(*read));
    Compiled made;
    made.program = workflow::decision::Program::compile(models, findings);
    made.findings = findings.take();
    return made;
}

}  // namespace workflow::testing
