#include <fmt/format.h>

#include <set>

#include "bpmn_net.hpp"
#include "bpmn_rules.hpp"

namespace workflow::models {

using decision::local_name;
using decision::XmlReading;

namespace {

/// Collects the ids of all elements in a process and its sub-processes.
void collect(pugi::xml_node scope, const XmlReading& in, std::set<std::string>& ids, int depth) {
    if (depth > decision::deepest_nesting) return;
    for (const auto child : scope.children()) {
        if (child.type() != pugi::node_element) continue;
        ids.insert(in.attribute(child, "id"));
        const auto name = local_name(child);
        if (name == "subProcess" || name == "transaction") collect(child, in, ids, depth + 1);
    }
}

struct MessageFlow {
    std::string id, from, to;
};

/// Returns the message flows between elements of this model. Other flows come from, or go to,
/// partners of which nothing is known; they are assumed to be always ready.
std::vector<MessageFlow> message_flows(pugi::xml_node root, const XmlReading& in,
                                       const std::set<std::string>& ids) {
    std::vector<MessageFlow> flows;
    for (const auto collaboration : root.children()) {
        if (local_name(collaboration) != "collaboration") continue;
        for (const auto child : collaboration.children()) {
            if (local_name(child) != "messageFlow") continue;
            MessageFlow flow{in.attribute(child, "id"), in.attribute(child, "sourceRef"),
                             in.attribute(child, "targetRef")};
            if (ids.contains(flow.from) && ids.contains(flow.to)) flows.push_back(std::move(flow));
        }
    }
    return flows;
}

Model model_of(const std::vector<pugi::xml_node>& processes, const std::vector<MessageFlow>& flows,
               const XmlReading& in) {
    Model model;
    Messages messages;
    for (const auto& flow : flows) {
        const auto place = model.net.add_place();
        model.net.places[place].counts = true;
        model.flows.push_back(flow.id);
        messages.from[flow.from].push_back(place);
        messages.to[flow.to].push_back(place);
    }
    BpmnNet net(model, messages, in);
    for (const auto process : processes) {
        net.add_process(process);
        if (!model.id.empty()) model.id += " + ";
        model.id += in.attribute(process, "id");
    }
    net.finish();
    model.mark = in.mark(processes.front());
    return model;
}

}  // namespace

std::vector<Model> read_bpmn(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings) {
    pugi::xml_document document;
    if (!decision::load_xml(sources, source, document, findings)) return {};
    const XmlReading in(source, findings);
    const auto root = document.document_element();
    std::vector<pugi::xml_node> processes;
    std::set<std::string> ids;
    if (local_name(root) == "definitions") {
        check_bpmn_rules(root, in, findings);
        for (const auto child : root.children()) {
            if (local_name(child) != "process") continue;
            collect(child, in, ids, 0);
            processes.push_back(child);
        }
    }
    if (processes.empty()) {
        findings.add("not-a-process-model", in.mark(root),
                     "a BPMN model must be a <definitions> with a <process> in it");
        return {};
    }
    const auto flows = message_flows(root, in, ids);
    std::vector<Model> models;
    if (!flows.empty()) {
        models.push_back(model_of(processes, flows, in));
    } else {
        for (const auto process : processes) models.push_back(model_of({process}, {}, in));
    }
    // An empty pool is not checked.
    std::erase_if(models, [](const Model& model) { return model.nodes.empty() && !model.partial; });
    return models;
}

}  // namespace workflow::models
