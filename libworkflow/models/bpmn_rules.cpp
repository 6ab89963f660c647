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

    /// Ids are unique, and what is named is there.
    void names() {
        for (const auto node : model_.twice())
            tell(node, "another element has this id", "give each element an id of its own");
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
        never(attribute(flow, "sourceRef").empty(), flow, "a sequence flow has a `sourceRef`");
        never(attribute(flow, "targetRef").empty(), flow, "a sequence flow has a `targetRef`");
        for (const auto end : {from, to}) {
            if (!end) continue;
            const auto kind = local_name(end);
            if (!is_activity(kind) && !is_event(kind) && !is_gateway(kind))
                tell(flow, fmt::format("no sequence flow begins or ends at a `{}`", kind),
                     "connect activities, events and gateways");
        }
        if (from && to)
            never(from.parent() != to.parent(), flow,
                  "a sequence flow does not leave its process or sub-process",
                  "send a message to another pool; lead out of a sub-process from its border");
        if (to && !model_.of("incoming").empty())
            never(!model_.lists(to, "incoming", flow), flow,
                  "the element that it leads to does not list it as `incoming`");
        if (from && !model_.of("outgoing").empty())
            never(!model_.lists(from, "outgoing", flow), flow,
                  "the element that it comes from does not list it as `outgoing`");
        const bool conditional = bool(model_.child(flow, "conditionExpression"));
        if (!from || !conditional) return;
        const auto kind = local_name(from);
        never(is_activity(kind) && model_.outgoing(from) == 1, flow,
              "the only flow out of an activity has no condition",
              "add a flow for the other case, or take the condition away");
        if (kind == "eventBasedGateway" || kind == "parallelGateway")
            tell(flow, fmt::format("a flow out of a `{}` has no condition", kind));
        never(is_event(kind), flow, "a flow out of an event has no condition",
              "put an exclusive gateway behind the event");
    }

    void message_flow(Node flow) {
        const auto from = model_.find(attribute(flow, "sourceRef"));
        const auto to = model_.find(attribute(flow, "targetRef"));
        for (const auto end : {from, to}) {
            const auto kind = local_name(end);
            if (kind == "association" || kind == "textAnnotation" || kind == "group" ||
                is_gateway(kind))
                tell(flow, fmt::format("no message flow begins or ends at a `{}`", kind));
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
              "a message flow connects two pools", "within one pool, draw a sequence flow");
        const auto source = local_name(from), target = local_name(to);
        if (source == "startEvent" || source == "intermediateCatchEvent" ||
            source == "boundaryEvent")
            tell(flow, fmt::format("a `{}` sends no message", source));
        if (target == "endEvent" || target == "intermediateThrowEvent")
            tell(flow, fmt::format("a `{}` receives no message", target));
        never(is_event(source) && !model_.triggered(from, "message") && source == "endEvent", from,
              "an end that sends a message has a message event definition");
        never(target == "startEvent" && !model_.triggered(to, "message"), to,
              "a start that receives a message has a message event definition");
    }

    void activity(Node node, std::string_view kind) {
        default_flow(node);
        const auto number = [&](const char* name) { return node.attribute(name).as_int(1); };
        never(number("startQuantity") < 1 || number("completionQuantity") < 1, node,
              "an activity starts and completes with one token at least");
        if (is_sub_process(kind)) {
            for (const char* what : {"choreographyTask", "subChoreography", "callChoreography"})
                never(bool(model_.child(node, what)), node,
                      "a sub-process contains no choreography");
            never(bool(model_.child(node, "ioSpecification")), node,
                  "a sub-process has no `ioSpecification`");
        }
        if (kind == "adHocSubProcess") {
            never(std::none_of(node.begin(), node.end(),
                               [](Node child) { return is_activity(local_name(child)); }),
                  node, "an ad-hoc sub-process contains an activity");
            never(model_.child(node, "startEvent") || model_.child(node, "endEvent"), node,
                  "an ad-hoc sub-process has neither start nor end event");
        }
        if (is(node, "triggeredByEvent", false)) {
            never(model_.incoming(node) + model_.outgoing(node) > 0, node,
                  "no sequence flow begins or ends at an event sub-process");
            never(model_.children(node, "startEvent") != 1, node,
                  "an event sub-process has one start event");
        }
        if (kind == "callActivity") called(node);
        if (kind == "receiveTask" && is(node, "instantiate", false))
            never(model_.incoming(node) > 0, node,
                  "no flow leads to a receive task that creates the process");
    }

    void called(Node node) {
        const auto process = model_.find(attribute(node, "calledElement"));
        if (!process || local_name(process) != "process") return;
        const bool any = bool(model_.child(process, "startEvent"));
        never(any && !plain_starts_.contains(process.hash_value()), node,
              "a process that is called has a start event without a trigger");
    }

    void default_flow(Node node) {
        const auto name = attribute(node, "default");
        const auto flow = model_.find(name);
        never(!name.empty() && flow && model_.find(attribute(flow, "sourceRef")) != node, node,
              "its default flow does not begin here");
    }

    void gateway(Node node, std::string_view kind) {
        const auto in = model_.incoming(node), out = model_.outgoing(node);
        const auto direction = attribute(node, "gatewayDirection");
        default_flow(node);
        never(direction == "Converging" && out > 1, node,
              "a gateway that is said to converge has one flow out");
        never(direction == "Diverging" && in > 1, node,
              "a gateway that is said to diverge has one flow in");
        never(in < 2 && out < 2, node, "a gateway has several flows in or several out",
              "delete it, and draw one flow");
        if (kind != "eventBasedGateway") return;
        never(out < 2, node, "an event-based gateway has two flows out at least");
        never(is(node, "instantiate", false) && in > 0, node,
              "no flow leads to a gateway that creates the process");
        bool messages = false, tasks = false;
        for (const auto flow : model_.flows_from(node)) {
            const auto target = model_.find(attribute(flow, "targetRef"));
            if (!target) continue;
            const bool task = local_name(target) == "receiveTask";
            const bool catches = local_name(target) == "intermediateCatchEvent";
            tasks = tasks || task;
            messages = messages || (catches && model_.triggered(target, "message"));
            never(!task && !catches, flow,
                  "an event-based gateway leads to events that are waited for, or receive tasks");
            never(model_.incoming(target) > 1, target,
                  "no other flow leads to what an event-based gateway waits for");
            never(task && attached(target), target,
                  "nothing is attached to a receive task behind an event-based gateway");
        }
        never(messages && tasks, node,
              "message events and receive tasks do not stand behind one event-based gateway");
    }
    [[nodiscard]] bool attached(Node node) const { return hosts_.contains(node.hash_value()); }

    void event(Node node, std::string_view kind) {
        const auto scope = node.parent();
        const bool starts = bool(model_.child(scope, "startEvent"));
        const bool ends = bool(model_.child(scope, "endEvent"));
        const auto no = [&](std::initializer_list<std::string_view> triggers) {
            for (const auto trigger : triggers)
                if (model_.triggered(node, trigger))
                    tell(node, fmt::format("a `{}` has no {} event definition", kind, trigger));
        };
        if (kind == "startEvent") {
            never(model_.incoming(node) > 0, node, "no flow leads to a start event");
            never(model_.outgoing(node) == 0, node, "a flow leads on from a start event");
            never(!ends, node, "where there is a start event, there is an end event");
            if (local_name(scope) == "process")
                no({"link", "escalation", "error", "cancel", "compensate", "terminate"});
            else if (is(scope, "triggeredByEvent", false))
                no({"link", "cancel", "terminate"});
            else
                never(BpmnElements::has_trigger(node), node,
                      "a sub-process starts without a trigger");
        } else if (kind == "endEvent") {
            never(model_.outgoing(node) > 0, node, "no flow leads on from an end event");
            never(model_.incoming(node) == 0, node, "a flow leads to an end event");
            never(!starts, node, "where there is an end event, there is a start event");
            no({"link", "conditional", "timer"});
            never(model_.triggered(node, "cancel") && !BpmnElements::above(node, "transaction"),
                  node, "only a transaction is cancelled");
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

    /// What is thrown is defined where it is thrown.
    void thrown(Node node) {
        for (const auto definition : node.children()) {
            const auto id = model_.id(definition);
            if (id.empty() || !local_name(definition).ends_with("EventDefinition")) continue;
            const auto uses = uses_.find(definition.hash_value());
            if (uses == uses_.end()) continue;
            for (const auto use : uses->second)
                tell(
                    use.parent(),
                    fmt::format("it refers to `{}`, which belongs to an event that is thrown", id));
        }
    }

    void boundary(Node node) {
        const auto host = model_.find(attribute(node, "attachedToRef"));
        const bool compensates = model_.triggered(node, "compensate");
        never(!host || !is_activity(local_name(host)), node,
              "a boundary event is attached to an activity");
        never(!BpmnElements::has_trigger(node), node, "a boundary event has a trigger");
        never(model_.incoming(node) > 0, node, "no flow leads to a boundary event");
        never(!compensates && model_.outgoing(node) == 0, node,
              "a flow leads on from a boundary event");
        never(compensates && model_.outgoing(node) > 0, node,
              "no sequence flow leads on from a compensation", "draw an association");
        never(model_.triggered(node, "cancel") && local_name(host) != "transaction", node,
              "only a transaction is cancelled");
        if (!is(node, "cancelActivity", true))
            for (const char* trigger : {"error", "cancel", "compensate"})
                if (model_.triggered(node, trigger))
                    tell(node, fmt::format("a boundary event of {} interrupts", trigger));
    }

    /// Flows lead to and on from everything, where starts and ends are drawn.
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
              node, "no flow leads here");
        never(out == 0 && !(links && throws) && (intermediate || model_.child(scope, "endEvent")),
              node, "no flow leads on from here");
        never(links && in > 0 && out > 0, node, "a link is either gone in at or come out of");
    }

    void link(Node link) {
        const auto event = link.parent();
        if (local_name(event) == "intermediateCatchEvent")
            never(model_.children(link, "source") == 0, event, "a link has a source");
        if (local_name(event) != "intermediateThrowEvent") return;
        never(model_.children(link, "target") != 1, event, "a link has one target");
        for (const auto& name : model_.texts(link, "target")) {
            const auto target = model_.find(name);
            never(!target || local_name(target) != "linkEventDefinition" ||
                      target.parent().parent() != event.parent() || !names(target, link),
                  event, "a link leads to one in the same process that names it as its source");
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
        never(least < 0 || most < 1 || most < least, node,
              "there are at least 0 partners, at most 1 or more, and no fewer than at least");
    }

    const BpmnElements& model_;
    DiagnosticSink& findings_;
    // What is asked of each of many elements: hosts of boundary events, processes that start
    // without a trigger, and who refers to an event's definition.
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
