#pragma once

/// Internal to the rules for BPMN models: every element of a model, by its id.

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../decision/xml_nodes.hpp"

namespace workflow::models {

/// Every element of a model, the elements that refer to it and the flows between elements.
class BpmnElements {
public:
    BpmnElements(pugi::xml_node root, const decision::XmlReading& in);

    [[nodiscard]] const std::vector<pugi::xml_node>& all() const { return all_; }
    /// Returns the elements of one kind, by local name.
    [[nodiscard]] const std::vector<pugi::xml_node>& of(std::string_view kind) const;
    /// Returns the element with that id, or nothing. Ignores a prefix before a colon.
    [[nodiscard]] pugi::xml_node find(std::string_view id) const;
    [[nodiscard]] const std::vector<pugi::xml_node>& twice() const { return twice_; }
    /// Returns whether the model imports elements from other files.
    [[nodiscard]] bool imports() const { return !of("import").empty(); }

    /// Returns the number of sequence flows that end or begin at the element, or that it lists as
    /// its own.
    [[nodiscard]] std::size_t incoming(pugi::xml_node element) const;
    [[nodiscard]] std::size_t outgoing(pugi::xml_node element) const;
    [[nodiscard]] const std::vector<pugi::xml_node>& flows_from(pugi::xml_node element) const;

    [[nodiscard]] std::string id(pugi::xml_node element) const {
        return in_.attribute(element, "id");
    }
    [[nodiscard]] std::string attribute(pugi::xml_node element, const char* name) const {
        return in_.attribute(element, name);
    }
    // The time does not grow with the number of children: these functions are called for each
    // child.
    [[nodiscard]] pugi::xml_node child(pugi::xml_node element, std::string_view kind) const;
    [[nodiscard]] std::size_t children(pugi::xml_node element, std::string_view kind) const;
    /// Returns whether the text of a child of that kind names `named`.
    [[nodiscard]] bool lists(pugi::xml_node element, std::string_view kind,
                             pugi::xml_node named) const;
    /// Returns whether the text of any element of that kind in the model names `named`.
    [[nodiscard]] bool listed(std::string_view kind, pugi::xml_node named) const {
        return lists({}, kind, named);
    }
    /// Returns the texts of the children of that kind.
    [[nodiscard]] std::vector<std::string> texts(pugi::xml_node element,
                                                 std::string_view kind) const;
    /// Returns whether the event has that trigger, defined in place or by reference.
    [[nodiscard]] bool triggered(pugi::xml_node event, std::string_view trigger) const;
    [[nodiscard]] static bool has_trigger(pugi::xml_node event);
    [[nodiscard]] static pugi::xml_node above(pugi::xml_node element, std::string_view kind);
    [[nodiscard]] const decision::XmlReading& in() const { return in_; }

private:
    using Nodes = std::vector<pugi::xml_node>;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const {
            return std::hash<std::string_view>()(name);
        }
    };
    template <class T>
    using ByName = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

    const decision::XmlReading& in_;
    Nodes all_, twice_;
    ByName<Nodes> by_kind_;
    ByName<pugi::xml_node> by_id_;
    ByName<Nodes> from_, to_;  // sequence flows, by element

    /// The children of one kind.
    struct Children {
        pugi::xml_node first;
        std::size_t count = 0;
    };
    using Listed = std::tuple<std::size_t, std::string_view, std::size_t>;
    std::map<std::pair<std::size_t, std::string_view>, Children> children_;  // by parent
    // the listing element (0: any), the kind of listing, the listed element
    std::set<Listed> listed_;
};

bool is_activity(std::string_view kind);
bool is_event(std::string_view kind);
bool is_gateway(std::string_view kind);
bool is_sub_process(std::string_view kind);

/// Reports violations of the rules for the data of the elements.
void check_bpmn_data(const BpmnElements& model, DiagnosticSink& findings);

}  // namespace workflow::models
