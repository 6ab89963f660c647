#pragma once

/// Inside of the BPMN reader: a process, with its sub-processes, as a net.

#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "../decision/xml_nodes.hpp"
#include "model.hpp"

namespace workflow::models {

/// By element: the places of the messages that it may wait for (any of them), and of those it
/// sends (all of them).
struct Messages {
    std::map<std::string, std::vector<PlaceIndex>> to, from;
};

class BpmnNet {
public:
    BpmnNet(Model& model, const Messages& messages, const decision::XmlReading& in)
        : model_(model), messages_(messages), in_(in) {}

    /// Adds a process of the model. Its start has a token, which may stay where only messages start
    /// it.
    void add_process(pugi::xml_node process);
    /// Adds what depends on the whole, the inclusive joins. To be called once, after all processes.
    void finish();

private:
    using Places = std::vector<PlaceIndex>;
    struct Element {
        pugi::xml_node xml;
        std::string kind;
        NodeIndex node = 0;
        Places in, out;
        std::vector<pugi::xml_node> boundary;  ///< events attached to it
        bool conditional = false;              ///< one of its flows out has a condition
    };
    struct Scope {
        PlaceIndex begin = 0, end = 0;                                ///< its places
        std::vector<TransitionIndex> ends;                            ///< that terminate it
        std::vector<std::pair<TransitionIndex, std::string>> thrown;  ///< by its error ends
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
    /// By element, from any of which to which of all: for what inclusive joins wait for.
    std::vector<std::pair<Places, Places>> links_;
    std::vector<Element> inclusive_;
    std::map<std::string, std::pair<NodeIndex, Places>> attached_;  ///< by event: its flows out
    int depth_ = 0;  ///< of sub-processes in each other
};

/// The kind of trigger that an event has, without `EventDefinition`; empty: none.
std::string trigger_of(pugi::xml_node event);

}  // namespace workflow::models
