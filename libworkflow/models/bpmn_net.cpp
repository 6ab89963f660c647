#include "bpmn_net.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace workflow::models {

using decision::local_name;

namespace {

/// The maximum number of incoming or outgoing flows of an inclusive gateway. All combinations
/// become transitions.
constexpr std::size_t most_inclusive = 8;
/// A model with more transitions is not a process model, and its check would take too long.
constexpr std::size_t most_transitions = 100'000;
constexpr std::size_t most_links_of_inclusive = 5'000;

const std::set<std::string_view> task_kinds{
    "task",        "userTask",         "manualTask",   "serviceTask", "scriptTask", "sendTask",
    "receiveTask", "businessRuleTask", "callActivity", "subProcess",  "transaction"};
const std::set<std::string_view> event_kinds{"startEvent", "endEvent", "intermediateCatchEvent",
                                             "intermediateThrowEvent", "boundaryEvent"};
const std::set<std::string_view> gateway_kinds{"exclusiveGateway", "parallelGateway",
                                               "inclusiveGateway", "eventBasedGateway",
                                               "complexGateway"};

bool truth(pugi::xml_node node, const char* attribute, bool otherwise) {
    return node.attribute(attribute).as_bool(otherwise);
}

std::vector<std::vector<PlaceIndex>> subsets(const std::vector<PlaceIndex>& places) {
    std::vector<std::vector<PlaceIndex>> all;
    for (std::size_t bits = 1; bits < (std::size_t{1} << places.size()); ++bits) {
        auto& one = all.emplace_back();
        for (std::size_t i = 0; i < places.size(); ++i)
            if ((bits >> i & 1U) != 0) one.push_back(places[i]);
    }
    return all;
}

}  // namespace

std::string trigger_of(pugi::xml_node event) {
    constexpr std::string_view ending = "EventDefinition";
    for (const auto child : event.children()) {
        const auto name = local_name(child);
        if (name.ends_with(ending)) return std::string(name.substr(0, name.size() - ending.size()));
    }
    return {};
}

PlaceIndex BpmnNet::place(const std::string& name, std::uint32_t tokens) {
    model_.flows.push_back(name);
    return model_.net.add_place(tokens);
}

void BpmnNet::unsupported(pugi::xml_node node, const std::string& why) {
    model_.partial = true;
    in_.findings().add(
        "unsupported-element", in_.mark(node),
        fmt::format("`{}`: {}, so no verdict can be given", in_.attribute(node, "id"), why));
}

TransitionIndex BpmnNet::transition(const Element& element, const Places& takes,
                                    const Places& gives) {
    if (model_.net.transitions.size() == most_transitions && !model_.partial)
        unsupported(element.xml, "the model has more than 100,000 transitions up to here");
    // No verdict is given, so any transition will do.
    if (model_.net.transitions.size() >= most_transitions) return most_transitions - 1;
    Transition made;
    for (const auto one : takes) made.takes.push_back({one});
    // The two outgoing flows of an event-based gateway are one place.
    for (const auto one : gives)
        if (std::find(made.gives.begin(), made.gives.end(), Arc{one}) == made.gives.end())
            made.gives.push_back({one});
    made.node = element.node;
    model_.net.transitions.push_back(std::move(made));
    return static_cast<TransitionIndex>(model_.net.transitions.size() - 1);
}

void BpmnNet::add_process(pugi::xml_node process) {
    const auto start = place(in_.attribute(process, "id"), 1);
    const auto scope = add_scope(process, start);
    for (const auto end : scope.ends)
        for (auto one = start; one < scope.end; ++one)
            model_.net.transitions[end].clears.push_back(one);
}

BpmnNet::Scope BpmnNet::add_scope(pugi::xml_node xml, PlaceIndex start) {
    Scope scope;
    scope.begin = static_cast<PlaceIndex>(model_.net.places.size());
    auto elements = elements_of(xml);
    connect(xml, elements);
    add_starts(elements, start);
    for (auto& [id, element] : elements) add(element, scope);
    scope.end = static_cast<PlaceIndex>(model_.net.places.size());
    return scope;
}

std::map<std::string, BpmnNet::Element> BpmnNet::elements_of(pugi::xml_node scope) {
    std::map<std::string, Element> elements;
    for (const auto child : scope.children()) {
        const auto kind = local_name(child);
        if (!task_kinds.contains(kind) && !event_kinds.contains(kind) &&
            !gateway_kinds.contains(kind)) {
            if (kind == "adHocSubProcess")
                unsupported(child, "ad-hoc sub-processes are not supported");
            continue;
        }
        if (truth(child, "isForCompensation", false)) continue;
        if (kind == "boundaryEvent" && trigger_of(child) == "compensate") continue;
        if (truth(child, "triggeredByEvent", false)) {
            unsupported(child, "event sub-processes are not supported");
            continue;
        }
        Element element;
        element.xml = child;
        element.kind = kind;
        element.node = static_cast<NodeIndex>(model_.nodes.size());
        model_.nodes.push_back(
            {in_.attribute(child, "id"), in_.attribute(child, "name"), in_.mark(child)});
        model_.net.end_nodes.push_back(kind == "endEvent");
        elements.emplace(in_.attribute(child, "id"), std::move(element));
    }
    for (auto& [id, element] : elements) {
        if (element.kind != "boundaryEvent") continue;
        const auto host = elements.find(in_.attribute(element.xml, "attachedToRef"));
        if (host != elements.end()) host->second.boundary.push_back(element.xml);
    }
    return elements;
}

void BpmnNet::connect(pugi::xml_node scope, std::map<std::string, Element>& elements) {
    std::map<std::string, PlaceIndex> shared;  // by event-based gateway
    for (const auto child : scope.children()) {
        if (local_name(child) != "sequenceFlow") continue;
        const auto from = elements.find(in_.attribute(child, "sourceRef"));
        const auto to = elements.find(in_.attribute(child, "targetRef"));
        if (from == elements.end() || to == elements.end()) {
            unsupported(child, "it does not connect two elements of its process");
            continue;
        }
        PlaceIndex flow = 0;
        // The process does not choose the event: the token waits for all of them.
        if (const auto known = shared.find(from->first); known != shared.end()) {
            flow = known->second;
        } else {
            flow = place(in_.attribute(child, "id"));
            if (from->second.kind == "eventBasedGateway") shared.emplace(from->first, flow);
        }
        from->second.out.push_back(flow);
        to->second.in.push_back(flow);
        for (const auto part : child.children())
            if (local_name(part) == "conditionExpression") from->second.conditional = true;
    }
    for (auto& [id, element] : elements) {
        links_.emplace_back(element.in, element.out);
        if (element.kind == "boundaryEvent") attached_[id] = {element.node, element.out};
    }
}

/// One of the start events begins the process. If there is none, all elements without an incoming
/// flow do.
void BpmnNet::add_starts(std::map<std::string, Element>& elements, PlaceIndex start) {
    bool any = false, by_messages = true;
    for (auto& [id, element] : elements) {
        if (element.kind != "startEvent") continue;
        any = true;
        element.in = {start};
        by_messages = by_messages && messages_.to.contains(id);
    }
    if (any) {
        model_.net.places[start].loose = by_messages;
        return;
    }
    Places begins;
    Element first;
    for (auto& [id, element] : elements) {
        if (!element.in.empty() || element.kind == "boundaryEvent") continue;
        element.in = {place(id)};
        begins.push_back(element.in.front());
        first.node = element.node;
    }
    if (!begins.empty()) transition(first, {start}, begins);
}

void BpmnNet::add(Element& element, Scope& scope) {
    if (gateway_kinds.contains(element.kind))
        add_gateway(element);
    else if (element.kind == "subProcess" || element.kind == "transaction")
        add_sub_process(element);
    else if (task_kinds.contains(element.kind))
        add_activity(element);
    else if (element.kind != "boundaryEvent")
        add_event(element, scope);
}

void BpmnNet::add_gateway(const Element& element) {
    if (element.kind == "complexGateway")
        return unsupported(element.xml, "complex gateways are not supported");
    if (element.kind == "parallelGateway") {
        transition(element, element.in, element.out);
        return;
    }
    if (element.kind == "inclusiveGateway") {
        if (element.in.size() > most_inclusive || element.out.size() > most_inclusive)
            return unsupported(
                element.xml,
                "inclusive gateways with more than 8 incoming or outgoing flows are not supported");
        // The tokens for which a join waits depend on the whole net.
        if (element.in.size() > 1) {
            inclusive_.push_back(element);
            return;
        }
    }
    if (element.kind == "eventBasedGateway") return pass(element, element.out);
    // Each incoming flow leads to each outgoing flow.
    if (element.in.size() * element.out.size() > most_transitions)
        return unsupported(element.xml, "the gateway has too many incoming and outgoing flows");
    for (const auto& gives : choices_out(element)) pass(element, gives);
}

std::vector<BpmnNet::Places> BpmnNet::choices_out(const Element& element) const {
    if (element.out.empty()) return {{}};
    if (element.kind == "inclusiveGateway") return subsets(element.out);
    std::vector<Places> each;
    for (const auto flow : element.out) each.push_back({flow});
    return each;
}

/// A token on any incoming flow continues.
void BpmnNet::pass(const Element& element, const Places& gives) {
    for (const auto flow : element.in) receive(element, {flow}, gives);
}

/// Takes one of the messages that the element waits for, and sends all messages that it sends.
void BpmnNet::receive(const Element& element, const Places& takes, const Places& gives) {
    const auto id = in_.attribute(element.xml, "id");
    auto all = gives;
    if (const auto sent = messages_.from.find(id); sent != messages_.from.end())
        all.insert(all.end(), sent->second.begin(), sent->second.end());
    const auto waited = messages_.to.find(id);
    if (waited == messages_.to.end()) {
        transition(element, takes, all);
        return;
    }
    for (const auto message : waited->second) {
        auto with = takes;
        with.push_back(message);
        transition(element, with, all);
    }
}

void BpmnNet::add_event(const Element& element, Scope& scope) {
    const auto trigger = trigger_of(element.xml);
    if (trigger == "link") return unsupported(element.xml, "link events are not supported");
    const auto before = static_cast<TransitionIndex>(model_.net.transitions.size());
    pass(element, element.out);
    for (auto t = before; t < model_.net.transitions.size(); ++t) {
        if (element.kind == "endEvent" && trigger == "terminate") scope.ends.push_back(t);
        if (element.kind == "endEvent" && (trigger == "error" || trigger == "escalation"))
            scope.thrown.emplace_back(t, trigger);
    }
}

void BpmnNet::add_activity(const Element& element) {
    // Conditions on the outgoing flows of an activity are an inclusive choice.
    std::vector<Places> outs{element.out};
    if (element.conditional && element.out.size() <= most_inclusive) outs = subsets(element.out);
    if (element.boundary.empty()) {
        for (const auto& gives : outs) pass(element, gives);
        return;
    }
    const auto running = place(in_.attribute(element.xml, "id"));
    Places armed;
    add_boundary(element, running, {}, armed, nullptr);
    auto begun = armed;
    begun.push_back(running);
    for (const auto flow : element.in) transition(element, {flow}, begun);
    for (const auto& gives : outs) {
        const auto first = model_.net.transitions.size();
        receive(element, {running}, gives);
        for (auto t = first; t < model_.net.transitions.size(); ++t)
            model_.net.transitions[t].clears = armed;
    }
}

void BpmnNet::add_sub_process(const Element& element) {
    for (const auto child : element.xml.children())
        if (local_name(child) == "startEvent" && !trigger_of(child).empty())
            unsupported(child, "the start event of an embedded sub-process must have no trigger");
    if (depth_ >= decision::deepest_nesting)
        return unsupported(element.xml, "sub-processes are nested too deep");
    const auto running = place(in_.attribute(element.xml, "id"));
    const auto start = place(in_.attribute(element.xml, "id"));
    ++depth_;
    const auto inside = add_scope(element.xml, start);
    --depth_;
    Places all;
    for (auto one = start; one < inside.end; ++one) all.push_back(one);
    links_.emplace_back(all, element.out);
    Places armed;
    add_boundary(element, running, all, armed, &inside);
    auto begun = armed;
    begun.push_back(running);
    begun.push_back(start);
    for (const auto flow : element.in) transition(element, {flow}, begun);
    const auto done = transition(element, {running}, element.out);
    model_.net.transitions[done].empty = all;
    model_.net.transitions[done].clears = armed;
    for (const auto end : inside.ends) model_.net.transitions[end].clears = all;
}

/// Adds the events that are attached to an activity. `cleared` are the places inside the activity.
/// `armed` receives the places that let a non-interrupting event occur once.
void BpmnNet::add_boundary(const Element& element, PlaceIndex running, const Places& cleared,
                           Places& armed, const Scope* inside) {
    std::vector<TransitionIndex> made;
    Places active = cleared;
    active.push_back(running);
    links_.emplace_back(element.in, active);
    links_.emplace_back(active, element.out);
    for (const auto xml : element.boundary) {
        Element event;
        event.xml = xml;
        const auto id = in_.attribute(xml, "id");
        std::tie(event.node, event.out) = attached_[id];
        links_.emplace_back(active, event.out);
        const bool interrupts = truth(xml, "cancelActivity", true);
        const auto trigger = trigger_of(xml);
        const auto thrown = [&](const auto& one) { return one.second == trigger; };
        if (inside && interrupts &&
            std::any_of(inside->thrown.begin(), inside->thrown.end(), thrown)) {
            // Only the matching error or escalation ends inside trigger it.
            for (const auto& [t, kind] : inside->thrown) {
                if (kind != trigger) continue;
                auto& end = model_.net.transitions[t];
                end.takes.push_back({running});
                end.clears = cleared;
                for (const auto flow : event.out) end.gives.push_back({flow});
                Transition also;  // the event can fire if the end can
                also.node = event.node;
                also.takes = end.takes;
                also.gives = end.gives;
                also.clears = cleared;
                model_.net.transitions.push_back(std::move(also));
            }
            continue;
        }
        Places takes{running}, gives = event.out;
        if (!interrupts) {
            gives.push_back(running);
            if (!messages_.to.contains(id)) {
                armed.push_back(place(id));
                takes.push_back(armed.back());
            }
        }
        const auto first = static_cast<TransitionIndex>(model_.net.transitions.size());
        receive(event, takes, gives);
        for (auto t = first; t < model_.net.transitions.size(); ++t)
            if (interrupts) made.push_back(t);
    }
    for (const auto t : made) {
        auto& clears = model_.net.transitions[t].clears;
        clears = cleared;
        clears.insert(clears.end(), armed.begin(), armed.end());
    }
}

/// An inclusive join fires with the tokens that are present when no other token can reach a flow
/// without one, unless it can reach a flow that has one (BPMN 2.0.2, 13.4.3).
void BpmnNet::finish() {
    if (!inclusive_.empty() && links_.size() > most_links_of_inclusive)
        return unsupported(inclusive_.front().xml,
                           "inclusive joins are not supported in a model of this size");
    for (const auto& element : inclusive_) {
        // For each incoming flow: the places from which it can be reached without passing the join.
        std::map<PlaceIndex, std::set<PlaceIndex>> behind;
        for (const auto flow : element.in) {
            auto& all = behind[flow];
            for (bool grew = true; grew;) {
                grew = false;
                for (const auto& [in, out] : links_) {
                    if (in == element.in && out == element.out) continue;
                    if (std::none_of(out.begin(), out.end(), [&](PlaceIndex one) {
                            return one == flow || all.contains(one);
                        }))
                        continue;
                    for (const auto one : in) grew = all.insert(one).second || grew;
                }
            }
        }
        for (const auto& there : subsets(element.in)) {
            std::set<PlaceIndex> others, own(there.begin(), there.end());
            for (const auto flow : element.in)
                if (!own.contains(flow)) {
                    others.insert(flow);
                    others.insert(behind[flow].begin(), behind[flow].end());
                }
            for (const auto flow : there)
                for (const auto one : behind[flow]) others.erase(one);
            for (const auto flow : there) others.erase(flow);
            for (const auto flow : element.in)
                if (!own.contains(flow)) others.insert(flow);
            for (const auto& gives : choices_out(element)) {
                const auto t = transition(element, there, gives);
                model_.net.transitions[t].empty.assign(others.begin(), others.end());
            }
        }
    }
}

}  // namespace workflow::models
