#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "bpmn_elements.hpp"

namespace workflow::models {

using decision::local_name;

namespace {

class DataRules {
public:
    DataRules(const BpmnElements& model, DiagnosticSink& findings)
        : model_(model), findings_(findings) {}

    void check() {
        for (const char* kind : {"dataInput", "dataOutput"})
            for (const auto node : model_.of(kind)) in_some_set(node, kind);
        for (const auto node : model_.of("inputSet"))
            optional_ones(node, "dataInputRefs", {"optionalInputRefs", "whileExecutingInputRefs"});
        for (const auto node : model_.of("outputSet"))
            optional_ones(node, "dataOutputRefs",
                          {"optionalOutputRefs", "whileExecutingOutputRefs"});
        for (const auto node : model_.of("inputSet")) answered(node, "outputSetRefs", "outputSet");
        for (const auto node : model_.of("outputSet")) answered(node, "inputSetRefs", "inputSet");
        for (const char* kind : {"dataInputAssociation", "dataOutputAssociation"})
            for (const auto node : model_.of(kind)) association(node);
        for (const char* kind : {"dataObject", "dataInput", "dataOutput"})
            for (const auto node : model_.of(kind)) collection(node);
        for (const char* kind : {"serviceTask", "sendTask", "receiveTask"})
            for (const auto node : model_.of(kind)) operation(node, kind);
        for (const auto node : model_.of("multiInstanceLoopCharacteristics")) loop(node);
        for (const auto node : model_.all())
            if (executable(node)) to_be_executed(node);
    }

private:
    using Node = pugi::xml_node;

    void tell(Node node, const std::string& rule, const std::string& hint = {}) {
        while (model_.id(node).empty() && node.parent().parent()) node = node.parent();
        findings_.add("breaks-a-rule", model_.in().mark(node),
                      fmt::format("`{}`: {}", model_.id(node), rule), hint);
    }
    [[nodiscard]] bool names(Node node, const char* kind, Node named) const {
        return node && named && model_.lists(node, kind, named);
    }

    void in_some_set(Node node, std::string_view kind) {
        const bool in = kind == "dataInput";
        if (!model_.listed(in ? "dataInputRefs" : "dataOutputRefs", node))
            tell(node, fmt::format("a `{}` must be in at least one {}", kind,
                                   in ? "input set" : "output set"));
    }

    void optional_ones(Node set, const char* all, std::initializer_list<const char*> kinds) {
        for (const char* kind : kinds)
            for (const auto& name : model_.texts(set, kind))
                if (!names(set, all, model_.find(name)))
                    tell(set, fmt::format("`{}` is not among the `{}` of its set", name, all));
    }

    /// Input sets and output sets must refer to each other.
    void answered(Node set, const char* kind, std::string_view other) {
        for (const auto& name : model_.texts(set, kind)) {
            const auto named = model_.find(name);
            const char* back = other == "outputSet" ? "inputSetRefs" : "outputSetRefs";
            if (!named || local_name(named) != other || !names(named, back, set))
                tell(set, fmt::format("`{}` does not name this set as its own", name));
        }
    }

    /// Returns the item of a data element; nothing if it has none.
    [[nodiscard]] Node item_of(Node datum) const {
        for (const char* reference : {"dataObjectRef", "dataStoreRef"})
            if (const auto name = model_.attribute(datum, reference); !name.empty())
                datum = model_.find(name);
        const auto name = model_.attribute(datum, "itemSubjectRef");
        const auto item = name.empty() ? Node() : model_.find(name);
        return item && local_name(item) == "itemDefinition" ? item : Node();
    }

    void association(Node node) {
        if (model_.child(node, "transformation")) return;
        const auto sources = model_.texts(node, "sourceRef");
        if (sources.size() > 1) tell(node, "data from several sources needs a transformation");
        const auto targets = model_.texts(node, "targetRef");
        if (sources.size() != 1 || targets.size() != 1) return;
        const auto from = item_of(model_.find(sources.front()));
        const auto to = item_of(model_.find(targets.front()));
        const auto structure = [&](Node item) { return model_.attribute(item, "structureRef"); };
        if (from && to && from != to && structure(from) != structure(to))
            tell(node, "the source and the target of the data have different structures",
                 "add a transformation");
    }

    void collection(Node node) {
        const auto item = item_of(node);
        if (!item) return;
        const bool many = item.attribute("isCollection").as_bool(false);
        if (many != node.attribute("isCollection").as_bool(false))
            tell(node, "it and its item must both be collections or both not be collections");
    }

    /// A task that calls an operation has its message as input and its response as output.
    void operation(Node task, std::string_view kind) {
        const auto operation = model_.find(model_.attribute(task, "operationRef"));
        const auto io = model_.child(task, "ioSpecification");
        if (!io) return;
        const auto at_most = [&](const char* what, std::size_t most) {
            if (model_.children(io, what) > most)
                tell(task, fmt::format("a `{}` may have at most {} `{}`", kind, most, what));
        };
        if (kind != "receiveTask") at_most("inputSet", 1);
        if (kind != "sendTask") at_most("outputSet", 1);
        if (kind == "sendTask") at_most("dataInput", 1);
        if (kind == "receiveTask") at_most("dataOutput", 1);
        if (kind == "serviceTask" && operation) {
            at_most("dataInput", 1);
            at_most("dataOutput", 1);
        }
    }

    void loop(Node node) {
        const auto data = [&](const char* reference, std::string_view kind, const char* each) {
            for (const auto& name : model_.texts(node, reference)) {
                const auto whole = model_.find(name);
                const auto whole_kind = local_name(whole);
                if (whole && whole_kind != kind && whole_kind != "dataObject" &&
                    whole_kind != "dataObjectReference" && whole_kind != "property")
                    tell(node, fmt::format("a loop cannot iterate over `{}`", name));
                const auto one = model_.child(node, each);
                const auto of_whole = item_of(whole), of_one = one ? item_of(one) : Node();
                if (!of_whole || !of_one) continue;
                if (of_one.attribute("isCollection").as_bool(false))
                    tell(node, "the item of one iteration is itself a collection");
                if (model_.attribute(of_whole, "structureRef") !=
                    model_.attribute(of_one, "structureRef"))
                    tell(node,
                         "the item of one iteration and the collection have different structures");
            }
        };
        data("loopDataInputRef", "dataInput", "inputDataItem");
        data("loopDataOutputRef", "dataOutput", "outputDataItem");
    }

    [[nodiscard]] static bool executable(Node node) {
        const auto process = BpmnElements::above(node, "process");
        return process && process.attribute("isExecutable").as_bool(false);
    }

    /// The requirements on executable processes only.
    void to_be_executed(Node node) {
        static const std::set<std::string_view> expressions{"conditionExpression",
                                                            "condition",
                                                            "timeDate",
                                                            "timeCycle",
                                                            "timeDuration",
                                                            "loopCondition",
                                                            "loopCardinality",
                                                            "completionCondition",
                                                            "activationCondition",
                                                            "from",
                                                            "to"};
        const auto kind = local_name(node);
        if (expressions.contains(kind)) {
            const auto type = model_.attribute(node, "xsi:type");
            if (type.find("FormalExpression") == std::string::npos ||
                model_.in().text(node).empty())
                tell(node,
                     fmt::format("the `{}` of an executable process must be a formal expression",
                                 kind),
                     "give it `xsi:type=\"tFormalExpression\"` and a text");
        }
        if (kind == "sequenceFlow" && node.attribute("isImmediate"))
            if (!node.attribute("isImmediate").as_bool(true))
                tell(node, "`isImmediate` must not be false in an executable process",
                     "delete `isImmediate`");
        if (kind != "messageEventDefinition") return;
        if (model_.attribute(node, "messageRef").empty())
            tell(node, "the message of an executable process must have a `messageRef`");
        if (!model_.child(node, "operationRef"))
            tell(node, "the message of an executable process must have an `operationRef`");
    }

    const BpmnElements& model_;
    DiagnosticSink& findings_;
};

}  // namespace

void check_bpmn_data(const BpmnElements& model, DiagnosticSink& findings) {
    DataRules(model, findings).check();
}

}  // namespace workflow::models
