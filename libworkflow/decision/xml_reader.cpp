// The requirements graph of a model. Its logic is read in xml_logic.cpp.

#include "xml_reader.hpp"

#include <fmt/format.h>

#include "xml_nodes.hpp"

namespace workflow::decision {
namespace {

Import import(const XmlReading& in, pugi::xml_node node) {
    return {in.attribute(node, "name"), in.attribute(node, "namespace"),
            in.attribute(node, "locationURI"), in.mark(node)};
}

ItemDefinition item_definition(const XmlReading& in, pugi::xml_node node, int depth) {
    ItemDefinition type;
    type.mark = in.mark(node);
    type.name = in.attribute(node, "name");
    type.collection = in.attribute(node, "isCollection") == "true";
    if (!in.within(node, depth)) return type;
    for (const auto child : node.children()) {
        const auto name = local_name(child);
        if (name == "typeRef") type.type = in.text(child).text;
        if (name == "allowedValues" || name == "typeConstraint")
            type.allowed = in.child_text(child);
        if (name == "itemComponent")
            type.components.push_back(item_definition(in, child, depth + 1));
        if (name != "functionItem") continue;
        type.function = true;
        type.type = in.attribute(child, "outputTypeRef");
        for (const auto parameter : child.children()) {
            if (local_name(parameter) != "parameters") continue;
            ItemDefinition taken;
            taken.name = in.attribute(parameter, "name");
            taken.type = in.attribute(parameter, "typeRef");
            taken.mark = in.mark(parameter);
            type.components.push_back(std::move(taken));
        }
    }
    return type;
}

Reference reference(const XmlReading& in, pugi::xml_node node) {
    const auto href = in.attribute(node, "href");
    const auto hash = href.find('#');
    if (hash == std::string::npos) return {"", href, in.mark(node)};
    return {href.substr(0, hash), href.substr(hash + 1), in.mark(node)};
}

/// Reads the references inside a requirement of any kind.
void require(const XmlReading& in, pugi::xml_node node, std::vector<Reference>& list) {
    for (const auto child : node.children())
        if (!child.attribute("href").empty()) list.push_back(reference(in, child));
}

Element element(const XmlReading& in, pugi::xml_node node, Element::Kind kind) {
    Element made;
    made.kind = kind;
    made.id = in.attribute(node, "id");
    made.mark = in.mark(node);
    made.variable = in.variable(node);
    for (const auto child : node.children()) {
        const auto name = local_name(child);
        if (name == "variable") {
            auto variable = in.variable(child);
            if (!variable.name.empty()) made.variable.name = std::move(variable.name);
            made.variable.type = std::move(variable.type);
        } else if (name == "informationRequirement") {
            require(in, child, made.requires_information);
        } else if (name == "knowledgeRequirement") {
            require(in, child, made.requires_knowledge);
        } else if (name == "outputDecision") {
            made.outputs.push_back(reference(in, child));
        } else if (name == "encapsulatedDecision") {
            made.encapsulated.push_back(reference(in, child));
        } else if (name == "inputDecision") {
            made.input_decisions.push_back(reference(in, child));
        } else if (name == "inputData") {
            made.input_data.push_back(reference(in, child));
        } else if (name == "encapsulatedLogic") {
            made.logic = read_function(in, child, 0);
        } else if (kind == Element::Kind::decision && is_logic(child)) {
            made.logic = read_logic(in, child, 0);
        }
    }
    return made;
}

}  // namespace

std::optional<Model> read_xml(const Sources& sources, std::uint32_t source,
                              DiagnosticSink& findings) {
    pugi::xml_document document;
    if (!load_xml(sources, source, document, findings)) return {};
    const XmlReading in(source, findings);
    const auto root = document.document_element();
    if (local_name(root) != "definitions") {
        findings.add(
            "not-a-model", in.mark(root),
            fmt::format("a DMN model must begin with <definitions>, not <{}>", root.name()));
        return {};
    }
    Model model;
    model.name = in.attribute(root, "name");
    model.space = in.attribute(root, "namespace");
    model.mark = in.mark(root);
    for (const auto child : root.children()) {
        const auto name = local_name(child);
        if (name == "import") model.imports.push_back(import(in, child));
        if (name == "itemDefinition") model.types.push_back(item_definition(in, child, 0));
        if (name == "inputData") model.elements.push_back(element(in, child, Element::Kind::input));
        if (name == "decision")
            model.elements.push_back(element(in, child, Element::Kind::decision));
        if (name == "businessKnowledgeModel")
            model.elements.push_back(element(in, child, Element::Kind::knowledge));
        if (name == "decisionService")
            model.elements.push_back(element(in, child, Element::Kind::service));
    }
    return model;
}

}  // namespace workflow::decision
