#include "bpmn_elements.hpp"

#include <algorithm>
#include <unordered_set>

namespace workflow::models {

using decision::local_name;

namespace {

const std::unordered_set<std::string_view> activities{
    "task",         "userTask",   "manualTask",  "serviceTask",
    "scriptTask",   "sendTask",   "receiveTask", "businessRuleTask",
    "callActivity", "subProcess", "transaction", "adHocSubProcess"};
const std::unordered_set<std::string_view> gateways{"exclusiveGateway", "parallelGateway",
                                                    "inclusiveGateway", "eventBasedGateway",
                                                    "complexGateway"};
constexpr std::string_view definition_suffix = "EventDefinition";

std::string_view without_prefix(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

bool is_activity(std::string_view kind) {
    return activities.contains(kind);
}
bool is_event(std::string_view kind) {
    return kind == "startEvent" || kind == "endEvent" || kind == "intermediateCatchEvent" ||
           kind == "intermediateThrowEvent" || kind == "boundaryEvent";
}
bool is_gateway(std::string_view kind) {
    return gateways.contains(kind);
}
bool is_sub_process(std::string_view kind) {
    return kind == "subProcess" || kind == "transaction" || kind == "adHocSubProcess";
}

BpmnElements::BpmnElements(pugi::xml_node root, const decision::XmlReading& in) : in_(in) {
    // In the order of the text, at any depth.
    for (auto node = root; node;) {
        const auto kind = local_name(node);
        bool inside = kind != "BPMNDiagram" && kind != "extensionElements";
        if (node.type() == pugi::node_element && inside) {
            all_.push_back(node);
            auto& alike = children_[{node.parent().hash_value(), kind}];
            if (alike.count++ == 0) alike.first = node;
            by_kind_[std::string(kind)].push_back(node);
            if (const auto own = id(node); !own.empty() && !by_id_.emplace(own, node).second)
                twice_.push_back(node);
            if (kind == "sequenceFlow") {
                from_[attribute(node, "sourceRef")].push_back(node);
                to_[attribute(node, "targetRef")].push_back(node);
            }
        }
        if (inside && node.first_child()) {
            node = node.first_child();
            continue;
        }
        while (node && node != root && !node.next_sibling()) node = node.parent();
        node = !node || node == root ? pugi::xml_node() : node.next_sibling();
    }
    for (const char* kind : {"incoming", "outgoing", "dataInputRefs", "dataOutputRefs",
                             "inputSetRefs", "outputSetRefs", "source"})
        for (const auto node : of(kind))
            if (const auto named = find(in_.text(node).text)) {
                listed_.emplace(node.parent().hash_value(), kind, named.hash_value());
                listed_.emplace(0, kind, named.hash_value());
            }
}

const std::vector<pugi::xml_node>& BpmnElements::of(std::string_view kind) const {
    static const Nodes none;
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? none : found->second;
}

pugi::xml_node BpmnElements::find(std::string_view id) const {
    const auto found = by_id_.find(without_prefix(id));
    return found == by_id_.end() ? pugi::xml_node() : found->second;
}

std::size_t BpmnElements::incoming(pugi::xml_node element) const {
    const auto found = to_.find(id(element));
    return std::max(found == to_.end() ? 0 : found->second.size(), children(element, "incoming"));
}
std::size_t BpmnElements::outgoing(pugi::xml_node element) const {
    return std::max(flows_from(element).size(), children(element, "outgoing"));
}
const std::vector<pugi::xml_node>& BpmnElements::flows_from(pugi::xml_node element) const {
    static const Nodes none;
    const auto found = from_.find(id(element));
    return found == from_.end() ? none : found->second;
}

pugi::xml_node BpmnElements::child(pugi::xml_node element, std::string_view kind) const {
    const auto found = children_.find({element.hash_value(), kind});
    return found == children_.end() ? pugi::xml_node() : found->second.first;
}
std::size_t BpmnElements::children(pugi::xml_node element, std::string_view kind) const {
    const auto found = children_.find({element.hash_value(), kind});
    return found == children_.end() ? 0 : found->second.count;
}
bool BpmnElements::lists(pugi::xml_node element, std::string_view kind,
                         pugi::xml_node named) const {
    return listed_.contains({element ? element.hash_value() : 0, kind, named.hash_value()});
}
std::vector<std::string> BpmnElements::texts(pugi::xml_node element, std::string_view kind) const {
    std::vector<std::string> all;
    for (const auto child : element.children())
        if (local_name(child) == kind) all.push_back(in_.text(child).text);
    return all;
}

bool BpmnElements::triggered(pugi::xml_node event, std::string_view trigger) const {
    const auto is = [&](pugi::xml_node node) {
        const auto kind = local_name(node);
        return kind.ends_with(definition_suffix) &&
               kind.substr(0, kind.size() - definition_suffix.size()) == trigger;
    };
    if (std::any_of(event.begin(), event.end(), is)) return true;
    const auto referred = texts(event, "eventDefinitionRef");
    return std::any_of(referred.begin(), referred.end(),
                       [&](const std::string& name) { return is(find(name)); });
}
bool BpmnElements::has_trigger(pugi::xml_node event) {
    return std::any_of(event.begin(), event.end(), [](pugi::xml_node child) {
        return local_name(child).ends_with(definition_suffix) ||
               local_name(child) == "eventDefinitionRef";
    });
}

pugi::xml_node BpmnElements::above(pugi::xml_node element, std::string_view kind) {
    auto node = element.parent();
    while (node && local_name(node) != kind) node = node.parent();
    return node;
}

}  // namespace workflow::models
