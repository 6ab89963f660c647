#pragma once

/// Internal to the BPMN reader: a process with its sub-processes as a net.

#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "../decision/xml_nodes.hpp"
#include "model.hpp"

namespace workflow::models {

/// For each element, the places of the messages that it may wait for (any of them), and of those
/// that it sends (all of them).
struct Messages {
    std::map<std::string, std::vector<PlaceIndex>> to, from;
};

class BpmnNet {
public:
    BpmnNet(Model& model, const Messages& messages, const decision::XmlReading& in)
        : model_(model), messages_(messages), in_(in) {}

    /// Adds a process of the model. Its start has a token, which may remain if only messages start
    /// the process.
    void add_process(pugi::xml_node process);
    /// Adds the inclusive joins, which depend on the whole net. Must be called once, after all
    /// processes.
    void finish();

private:
    using Places = std::vector<PlaceIndex>;
    struct Element {
        pugi::xml_node xml;
        std::string kind;
        NodeIndex node = 0;
        Places in, out;
        std::vector<pugi::xml_node> boundary;  ///< the events attached to it
        /// whether one of its outgoing flows has a condition
        bool conditional = false;
    };
    struct Scope {
        PlaceIndex begin = 0, end = 0;  ///< its places
        /// the transitions that terminate it
        std::vector<TransitionIndex> ends;
        /// the transitions of its error and escalation ends, with the trigger
        std::vector<std::pair<TransitionIndex, std::string>> thrown;
    };

    Scope add_scope(pugi::xml_node scope, PlaceIndex start);
    std::map<std::string, Element> elements_of(pugi::xml_node scope);
    void connect(pugi::xml_node scope, std::map<std::string, Element>& elements);
    void add_starts(std::map<std::string, Element>& elements, PlaceIndex start);
    void add(Element& element, Scope& scope);
    void add_gateway(const Element& element);
    void add_event(const Element& element, Scope& scope);
    void add_activity(const Element& element);
    void add_sub_process(const Element& element);
    void add_boundary(const Element& element, PlaceIndex running, const Places& cleared,
                      Places& armed, const Scope* inside);

    TransitionIndex transition(const Element& element, const Places& takes, const Places& gives);
    void pass(const Element& element, const Places& gives);
    void receive(const Element& element, const Places& takes, const Places& gives);
    std::vector<Places> choices_out(const Element& element) const;
    PlaceIndex place(const std::string& name, std::uint32_t tokens = 0);
    void unsupported(pugi::xml_node node, const std::string& why);

    Model& model_;
    const Messages& messages_;
    const decision::XmlReading& in_;
    /// Connections by element, from each of the first places to each of the second. They determine
    /// which tokens inclusive joins wait for.
    std::vector<std::pair<Places, Places>> links_;
    std::vector<Element> inclusive_;
    /// by event: its outgoing flows
    std::map<std::string, std::pair<NodeIndex, Places>> attached_;
    int depth_ = 0;  ///< the nesting depth of sub-processes
};

/// Returns the kind of trigger of an event, without `EventDefinition`; empty: none.
std::string trigger_of(pugi::xml_node event);

}  // namespace workflow::models
