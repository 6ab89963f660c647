#include "bpmn_rules.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "bpmn_elements.hpp"

namespace workflow::models {

using decision::local_name;

namespace {

class BpmnRules {
public:
    BpmnRules(const BpmnElements& model, DiagnosticSink& findings)
        : model_(model), findings_(findings) {
        for (const auto event : model.of("boundaryEvent"))
            hosts_.insert(model.find(attribute(event, "attachedToRef")).hash_value());
        for (const auto start : model.of("startEvent"))
            if (!BpmnElements::has_trigger(start))
                plain_starts_.insert(start.parent().hash_value());
        for (const auto use : model.of("eventDefinitionRef"))
            if (const auto definition = model.find(model.in().text(use).text))
                uses_[definition.hash_value()].push_back(use);
    }

    void check() {
        names();
        for (const auto flow : model_.of("sequenceFlow")) sequence_flow(flow);
        for (const auto flow : model_.of("messageFlow")) message_flow(flow);
        for (const auto node : model_.all()) {
            const auto kind = local_name(node);
            if (is_activity(kind)) activity(node, kind);
            if (is_gateway(kind)) gateway(node, kind);
            if (is_event(kind)) event(node, kind);
            if (is_activity(kind) || is_gateway(kind) || is_event(kind)) connected(node, kind);
        }
        for (const auto link : model_.of("linkEventDefinition")) this->link(link);
        for (const auto participant : model_.of("participant")) this->participant(participant);
    }

private:
    using Node = pugi::xml_node;

    void tell(Node node, std::string_view rule, std::string_view hint = {}) {
        const auto id = model_.id(node);
        findings_.add("breaks-a-rule", model_.in().mark(node),
                      id.empty() ? std::string(rule) : fmt::format("`{}`: {}", id, rule),
                      std::string(hint));
    }
    void never(bool broken, Node node, std::string_view rule, std::string_view hint = {}) {
        if (broken) tell(node, rule, hint);
    }
    [[nodiscard]] std::string attribute(Node node, const char* name) const {
        return model_.attribute(node, name);
    }
    [[nodiscard]] bool is(Node node, const char* name, bool otherwise) const {
        const auto text = attribute(node, name);
        return text.empty() ? otherwise : text == "true" || text == "1";
    }

    /// Ids must be unique, and the elements that are referred to must exist.
    void names() {
        for (const auto node : model_.twice())
            tell(node, "another element has this id", "give each element its own id");
        if (model_.imports()) return;  // it may be in the other file
        static const std::unordered_set<std::string_view> attributes{
            "sourceRef",     "targetRef",    "attachedToRef", "default",   "processRef",
            "dataObjectRef", "messageRef",   "errorRef",      "signalRef", "escalationRef",
            "operationRef",  "dataStoreRef", "activityRef"};
        static const std::unordered_set<std::string_view> texts{
            "incoming",       "outgoing",     "flowNodeRef",   "dataInputRefs",
            "dataOutputRefs", "inMessageRef", "outMessageRef", "operationRef",
            "participantRef", "sourceRef",    "targetRef",     "eventDefinitionRef"};
        for (const auto node : model_.all()) {
            for (const auto given : node.attributes())
                if (attributes.contains(given.name())) known(node, given.value());
            const auto kind = local_name(node);
            if (texts.contains(kind)) known(node, model_.in().text(node).text);
        }
    }
    void known(Node node, const std::string& name) {
        if (name.empty() || name.find(':') != std::string::npos || model_.find(name)) return;
        tell(node, fmt::format("there is no element `{}`", name),
             "name an element of this model by its id");
    }

    void sequence_flow(Node flow) {
        const auto from = model_.find(attribute(flow, "sourceRef"));
        const auto to = model_.find(attribute(flow, "targetRef"));
        never(attribute(flow, "sourceRef").empty(), flow,
              "a sequence flow must have a `sourceRef`");
        never(attribute(flow, "targetRef").empty(), flow,
              "a sequence flow must have a `targetRef`");
        for (const auto end : {from, to}) {
            if (!end) continue;
            const auto kind = local_name(end);
            if (!is_activity(kind) && !is_event(kind) && !is_gateway(kind))
                tell(flow, fmt::format("a sequence flow must not begin or end at a `{}`", kind),
                     "connect activities, events and gateways");
        }
        if (from && to)
            never(from.parent() != to.parent(), flow,
                  "a sequence flow must not leave its process or sub-process",
                  "send a message to another pool; lead out of a sub-process from its boundary");
        if (to && !model_.of("incoming").empty())
            never(!model_.lists(to, "incoming", flow), flow,
                  "its target does not list it as `incoming`");
        if (from && !model_.of("outgoing").empty())
            never(!model_.lists(from, "outgoing", flow), flow,
                  "its source does not list it as `outgoing`");
        const bool conditional = bool(model_.child(flow, "conditionExpression"));
        if (!from || !conditional) return;
        const auto kind = local_name(from);
        never(is_activity(kind) && model_.outgoing(from) == 1, flow,
              "the only outgoing flow of an activity must not have a condition",
              "add a flow for the other case or delete the condition");
        if (kind == "eventBasedGateway" || kind == "parallelGateway")
            tell(flow, fmt::format("an outgoing flow of a `{}` must not have a condition", kind));
        never(is_event(kind), flow, "an outgoing flow of an event must not have a condition",
              "put an exclusive gateway after the event");
    }

    void message_flow(Node flow) {
        const auto from = model_.find(attribute(flow, "sourceRef"));
        const auto to = model_.find(attribute(flow, "targetRef"));
        for (const auto end : {from, to}) {
            const auto kind = local_name(end);
            if (kind == "association" || kind == "textAnnotation" || kind == "group" ||
                is_gateway(kind))
                tell(flow, fmt::format("a message flow must not begin or end at a `{}`", kind));
        }
        if (!from || !to) return;
        const auto pool = [&](Node node) {
            if (local_name(node) == "participant") {
                const auto process = model_.find(attribute(node, "processRef"));
                return process ? process : node;
            }
            return BpmnElements::above(node, "process");
        };
        never(from == to || (pool(from) && pool(from) == pool(to)), flow,
              "a message flow must connect two pools", "within one pool, draw a sequence flow");
        const auto source = local_name(from), target = local_name(to);
        if (source == "startEvent" || source == "intermediateCatchEvent" ||
            source == "boundaryEvent")
            tell(flow, fmt::format("a `{}` cannot send a message", source));
        if (target == "endEvent" || target == "intermediateThrowEvent")
            tell(flow, fmt::format("a `{}` cannot receive a message", target));
        never(is_event(source) && !model_.triggered(from, "message") && source == "endEvent", from,
              "an end event that sends a message must have a message event definition");
        never(target == "startEvent" && !model_.triggered(to, "message"), to,
              "a start event that receives a message must have a message event definition");
    }

    void activity(Node node, std::string_view kind) {
        default_flow(node);
        const auto number = [&](const char* name) { return node.attribute(name).as_int(1); };
        never(number("startQuantity") < 1 || number("completionQuantity") < 1, node,
              "an activity must start and complete with at least one token");
        if (is_sub_process(kind)) {
            for (const char* what : {"choreographyTask", "subChoreography", "callChoreography"})
                never(bool(model_.child(node, what)), node,
                      "a sub-process must not contain a choreography");
            never(bool(model_.child(node, "ioSpecification")), node,
                  "a sub-process must not have an `ioSpecification`");
        }
        if (kind == "adHocSubProcess") {
            never(std::none_of(node.begin(), node.end(),
                               [](Node child) { return is_activity(local_name(child)); }),
                  node, "an ad-hoc sub-process must contain an activity");
            never(model_.child(node, "startEvent") || model_.child(node, "endEvent"), node,
                  "an ad-hoc sub-process must not have a start or end event");
        }
        if (is(node, "triggeredByEvent", false)) {
            never(model_.incoming(node) + model_.outgoing(node) > 0, node,
                  "a sequence flow must not begin or end at an event sub-process");
            never(model_.children(node, "startEvent") != 1, node,
                  "an event sub-process must have exactly one start event");
        }
        if (kind == "callActivity") called(node);
        if (kind == "receiveTask" && is(node, "instantiate", false))
            never(model_.incoming(node) > 0, node,
                  "a receive task that creates the process must not have an incoming flow");
    }

    void called(Node node) {
        const auto process = model_.find(attribute(node, "calledElement"));
        if (!process || local_name(process) != "process") return;
        const bool any = bool(model_.child(process, "startEvent"));
        never(any && !plain_starts_.contains(process.hash_value()), node,
              "a called process must have a start event without a trigger");
    }

    void default_flow(Node node) {
        const auto name = attribute(node, "default");
        const auto flow = model_.find(name);
        never(!name.empty() && flow && model_.find(attribute(flow, "sourceRef")) != node, node,
              "its default flow must begin here");
    }

    void gateway(Node node, std::string_view kind) {
        const auto in = model_.incoming(node), out = model_.outgoing(node);
        const auto direction = attribute(node, "gatewayDirection");
        default_flow(node);
        never(direction == "Converging" && out > 1, node,
              "a converging gateway must have one outgoing flow");
        never(direction == "Diverging" && in > 1, node,
              "a diverging gateway must have one incoming flow");
        never(in < 2 && out < 2, node,
              "a gateway must have several incoming or several outgoing flows",
              "delete it and draw one flow");
        if (kind != "eventBasedGateway") return;
        never(out < 2, node, "an event-based gateway must have at least two outgoing flows");
        never(is(node, "instantiate", false) && in > 0, node,
              "a gateway that creates the process must not have an incoming flow");
        bool messages = false, tasks = false;
        for (const auto flow : model_.flows_from(node)) {
            const auto target = model_.find(attribute(flow, "targetRef"));
            if (!target) continue;
            const bool task = local_name(target) == "receiveTask";
            const bool catches = local_name(target) == "intermediateCatchEvent";
            tasks = tasks || task;
            messages = messages || (catches && model_.triggered(target, "message"));
            never(!task && !catches, flow,
                  "an event-based gateway must lead to intermediate catch events or receive tasks");
            never(model_.incoming(target) > 1, target,
                  "an element after an event-based gateway must not have another incoming flow");
            never(task && attached(target), target,
                  "a receive task after an event-based gateway must not have boundary events");
        }
        never(messages && tasks, node,
              "an event-based gateway must not lead to both message events and receive tasks");
    }
    [[nodiscard]] bool attached(Node node) const { return hosts_.contains(node.hash_value()); }

    void event(Node node, std::string_view kind) {
        const auto scope = node.parent();
        const bool starts = bool(model_.child(scope, "startEvent"));
        const bool ends = bool(model_.child(scope, "endEvent"));
        const auto no = [&](std::initializer_list<std::string_view> triggers) {
            for (const auto trigger : triggers)
                if (model_.triggered(node, trigger))
                    tell(node,
                         fmt::format("a `{}` must not have a {} event definition", kind, trigger));
        };
        if (kind == "startEvent") {
            never(model_.incoming(node) > 0, node, "a start event must not have an incoming flow");
            never(model_.outgoing(node) == 0, node, "a start event must have an outgoing flow");
            never(!ends, node, "a scope with a start event must have an end event");
            if (local_name(scope) == "process")
                no({"link", "escalation", "error", "cancel", "compensate", "terminate"});
            else if (is(scope, "triggeredByEvent", false))
                no({"link", "cancel", "terminate"});
            else
                never(BpmnElements::has_trigger(node), node,
                      "the start event of a sub-process must not have a trigger");
        } else if (kind == "endEvent") {
            never(model_.outgoing(node) > 0, node, "an end event must not have an outgoing flow");
            never(model_.incoming(node) == 0, node, "an end event must have an incoming flow");
            never(!starts, node, "a scope with an end event must have a start event");
            no({"link", "conditional", "timer"});
            never(model_.triggered(node, "cancel") && !BpmnElements::above(node, "transaction"),
                  node, "only a transaction can be cancelled");
        } else if (kind == "boundaryEvent") {
            boundary(node);
            no({"link", "terminate"});
        } else if (kind == "intermediateThrowEvent") {
            no({"cancel", "conditional", "error", "terminate", "timer"});
        } else {
            no({"cancel", "compensate", "escalation", "terminate"});
        }
        if (kind == "endEvent" || kind == "intermediateThrowEvent") thrown(node);
    }

    /// An event definition of a throw event must not be referred to elsewhere.
    void thrown(Node node) {
        for (const auto definition : node.children()) {
            const auto id = model_.id(definition);
            if (id.empty() || !local_name(definition).ends_with("EventDefinition")) continue;
            const auto uses = uses_.find(definition.hash_value());
            if (uses == uses_.end()) continue;
            for (const auto use : uses->second)
                tell(use.parent(),
                     fmt::format("it refers to `{}`, which belongs to a throw event", id));
        }
    }

    void boundary(Node node) {
        const auto host = model_.find(attribute(node, "attachedToRef"));
        const bool compensates = model_.triggered(node, "compensate");
        never(!host || !is_activity(local_name(host)), node,
              "a boundary event must be attached to an activity");
        never(!BpmnElements::has_trigger(node), node, "a boundary event must have a trigger");
        never(model_.incoming(node) > 0, node, "a boundary event must not have an incoming flow");
        never(!compensates && model_.outgoing(node) == 0, node,
              "a boundary event must have an outgoing flow");
        never(compensates && model_.outgoing(node) > 0, node,
              "a compensation event must not have an outgoing sequence flow",
              "draw an association");
        never(model_.triggered(node, "cancel") && local_name(host) != "transaction", node,
              "only a transaction can be cancelled");
        if (!is(node, "cancelActivity", true))
            for (const char* trigger : {"error", "cancel", "compensate"})
                if (model_.triggered(node, trigger))
                    tell(node, fmt::format("a boundary event of {} must interrupt its activity",
                                           trigger));
    }

    /// Every element needs incoming and outgoing flows if the process has start and end events.
    void connected(Node node, std::string_view kind) {
        if (is(node, "isForCompensation", false) || is(node, "triggeredByEvent", false)) return;
        if (kind == "startEvent" || kind == "endEvent" || kind == "boundaryEvent") return;
        const bool links = is_event(kind) && model_.triggered(node, "link");
        const bool throws = kind == "intermediateThrowEvent";
        const bool intermediate = throws || kind == "intermediateCatchEvent";
        const bool creates = is(node, "instantiate", false);
        const auto in = model_.incoming(node), out = model_.outgoing(node);
        const auto scope = node.parent();
        never(in == 0 && !(links && !throws) && !creates &&
                  (intermediate || model_.child(scope, "startEvent")),
              node, "it must have an incoming flow");
        never(out == 0 && !(links && throws) && (intermediate || model_.child(scope, "endEvent")),
              node, "it must have an outgoing flow");
        never(links && in > 0 && out > 0, node,
              "a link event must not have both incoming and outgoing flows");
    }

    void link(Node link) {
        const auto event = link.parent();
        if (local_name(event) == "intermediateCatchEvent")
            never(model_.children(link, "source") == 0, event, "a link must have a source");
        if (local_name(event) != "intermediateThrowEvent") return;
        never(model_.children(link, "target") != 1, event, "a link must have exactly one target");
        for (const auto& name : model_.texts(link, "target")) {
            const auto target = model_.find(name);
            never(
                !target || local_name(target) != "linkEventDefinition" ||
                    target.parent().parent() != event.parent() || !names(target, link),
                event,
                "the target of a link must be in the same process and name the link as its source");
        }
    }
    [[nodiscard]] bool names(Node target, Node link) const {
        return model_.lists(target, "source", link);
    }

    void participant(Node node) {
        const auto many = model_.child(node, "participantMultiplicity");
        if (!many) return;
        const auto least = many.attribute("minimum").as_int(0);
        const auto most = many.attribute("maximum").as_int(1);
        never(
            least < 0 || most < 1 || most < least, node,
            "the minimum must be at least 0, the maximum at least 1 and not less than the minimum");
    }

    const BpmnElements& model_;
    DiagnosticSink& findings_;
    // Sets that are consulted for each element: hosts of boundary events, processes with a start
    // event without a trigger, and references to an event definition.
    std::unordered_set<std::size_t> hosts_, plain_starts_;
    std::unordered_map<std::size_t, std::vector<pugi::xml_node>> uses_;
};

}  // namespace

void check_bpmn_rules(pugi::xml_node definitions, const decision::XmlReading& in,
                      DiagnosticSink& findings) {
    const BpmnElements model(definitions, in);
    BpmnRules(model, findings).check();
    check_bpmn_data(model, findings);
}

}  // namespace workflow::models
