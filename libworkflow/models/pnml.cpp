#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "../decision/xml_nodes.hpp"
#include "model.hpp"

namespace workflow::models {

using decision::local_name;
using decision::XmlReading;

namespace {

/// Returns the text of `<name><text>...</text></name>` inside `node`.
std::string text_in(pugi::xml_node node, std::string_view name) {
    for (const auto child : node.children()) {
        if (local_name(child) != name) continue;
        for (const auto part : child.children())
            if (local_name(part) == "text") return part.text().as_string();
    }
    return {};
}

/// Returns a number of tokens from `least` to 15, or no value.
std::optional<std::uint32_t> count_in(const std::string& text, std::uint32_t least) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < least || count > 15)
        return {};
    return count;
}

class PnmlNet {
public:
    PnmlNet(pugi::xml_node net, const XmlReading& in) : in_(in) {
        model_.id = in.attribute(net, "id");
        model_.mark = in.mark(net);
        add_nodes(net, 0);
        add_arcs(net, 0);
        complete();
    }
    Model take() { return std::move(model_); }

private:
    void unsupported(pugi::xml_node node, const char* why) {
        model_.partial = true;
        in_.findings().add(
            "unsupported-element", in_.mark(node),
            fmt::format("`{}`: {}, so no verdict can be given", in_.attribute(node, "id"), why));
    }

    void add_nodes(pugi::xml_node scope, int depth) {
        if (depth > decision::deepest_nesting)
            return unsupported(scope, "pages are nested too deep");
        for (const auto child : scope.children()) {
            const auto kind = local_name(child);
            const auto id = in_.attribute(child, "id");
            if (kind == "page") {
                add_nodes(child, depth + 1);
            } else if (kind == "place") {
                const auto marking = text_in(child, "initialMarking");
                const auto tokens = marking.empty() ? 0 : count_in(marking, 0);
                if (!tokens) unsupported(child, "its marking must be a number up to 15");
                places_.emplace(id, model_.net.add_place(tokens.value_or(0)));
                model_.flows.push_back(id);
            } else if (kind == "transition") {
                Transition transition;
                transition.node = static_cast<NodeIndex>(model_.nodes.size());
                transitions_.emplace(id,
                                     static_cast<TransitionIndex>(model_.net.transitions.size()));
                model_.net.transitions.push_back(transition);
                model_.nodes.push_back({id, text_in(child, "name"), in_.mark(child)});
                model_.net.end_nodes.push_back(false);
            } else if (kind == "referencePlace" || kind == "referenceTransition") {
                unsupported(child, "references between pages are not supported");
            }
        }
    }

    void add_arcs(pugi::xml_node scope, int depth) {
        if (depth > decision::deepest_nesting) return;
        for (const auto child : scope.children()) {
            if (local_name(child) == "page") add_arcs(child, depth + 1);
            if (local_name(child) != "arc") continue;
            const auto from = in_.attribute(child, "source"), to = in_.attribute(child, "target");
            const auto inscription = text_in(child, "inscription");
            const auto weight = inscription.empty() ? 1U : count_in(inscription, 1);
            if (!weight) {
                unsupported(child, "its inscription must be a number from 1 to 15");
            } else if (places_.contains(from) && transitions_.contains(to)) {
                model_.net.transitions[transitions_[to]].takes.push_back({places_[from], *weight});
            } else if (transitions_.contains(from) && places_.contains(to)) {
                model_.net.transitions[transitions_[from]].gives.push_back({places_[to], *weight});
            } else {
                unsupported(child, "it does not connect a place and a transition");
            }
        }
    }

    /// A workflow net has a source place and a sink place (van der Aalst 1998, definition 6).
    void complete() {
        std::vector<bool> filled(model_.net.places.size()), emptied(model_.net.places.size());
        bool marked = false;
        for (const auto& transition : model_.net.transitions) {
            for (const auto& arc : transition.takes) emptied[arc.place] = true;
            for (const auto& arc : transition.gives) filled[arc.place] = true;
        }
        for (const auto& place : model_.net.places) marked = marked || place.tokens > 0;
        std::vector<PlaceIndex> ends;
        for (PlaceIndex place = 0; place < filled.size(); ++place) {
            if (!marked && !filled[place]) model_.net.places[place].tokens = 1;
            if (!emptied[place]) ends.push_back(place);
        }
        // An additional transition takes the last token, so that a run is complete when no token is
        // left.
        for (const auto end : ends) {
            Transition last;
            last.node = static_cast<NodeIndex>(model_.nodes.size());
            last.takes = {{end}};
            model_.net.transitions.push_back(std::move(last));
            model_.nodes.push_back({model_.flows[end], "", model_.mark});
            model_.net.end_nodes.push_back(true);
        }
    }

    const XmlReading& in_;
    Model model_;
    std::map<std::string, PlaceIndex> places_;
    std::map<std::string, TransitionIndex> transitions_;
};

}  // namespace

std::vector<Model> read_pnml(const Sources& sources, std::uint32_t source,
                             DiagnosticSink& findings) {
    pugi::xml_document document;
    if (!decision::load_xml(sources, source, document, findings)) return {};
    const XmlReading in(source, findings);
    const auto root = document.document_element();
    std::vector<Model> models;
    if (local_name(root) == "pnml")
        for (const auto child : root.children())
            if (local_name(child) == "net") models.push_back(PnmlNet(child, in).take());
    if (models.empty())
        findings.add("not-a-process-model", in.mark(root),
                     "a PNML model must be a <pnml> with a <net> in it");
    return models;
}

}  // namespace workflow::models
