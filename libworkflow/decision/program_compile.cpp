#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "program.hpp"

namespace workflow::decision {
namespace {

using Node = Program::Node;

/// The maximum length of a chain of requirements.
constexpr int longest_chain = 500;

}  // namespace

/// Compiles models that import each other, dependencies first.
class ProgramCompiler {
public:
    ProgramCompiler(std::span<const Model> models, Program& program, DiagnosticSink& findings)
        : models_(models), program_(program), findings_(findings) {}

    void run() {
        for (const auto& model : models_) {
            std::vector<std::pair<std::string, const Types*>> imported;
            for (const auto& import : model.imports) {
                if (const auto other = model_of(import.space))
                    imported.emplace_back(import.name, &types_[*other]);
                else
                    findings_.add(
                        "import-not-found", import.mark,
                        fmt::format("no model with the namespace {} is loaded", import.space),
                        "put its file into the same folder");
            }
            types_.emplace_back(model, imported, findings_);
            add_nodes(model);
        }
        states_.resize(nodes().size(), State::waiting);
        for (std::size_t i = 0; i < nodes().size(); ++i) compile(i, 0);
    }

private:
    enum class State : std::uint8_t { waiting, entered, done };
    struct Origin {
        const Model* model;
        const Element* element;
        std::size_t number;  ///< the number of the model
    };

    std::vector<Node>& nodes() { return program_.nodes_; }

    static std::string key(const std::string& space, const std::string& name) {
        return space + '#' + name;
    }

    /// Returns the model with this namespace among the models before the current one.
    [[nodiscard]] std::optional<std::size_t> model_of(std::string_view space) const {
        for (std::size_t i = 0; i < types_.size(); ++i)
            if (models_[i].space == space) return i;
        return {};
    }

    void add_nodes(const Model& model) {
        for (const auto& element : model.elements) {
            if (!names_.insert(key(model.space, element.variable.name)).second)
                findings_.add(
                    "defined-twice", element.mark,
                    fmt::format("two elements have the name `{}`", element.variable.name));
            Node node;
            node.kind = element.kind;
            node.space = model.space;
            node.id = element.id;
            node.name = element.variable.name;
            node.mark = element.mark;
            ids_.try_emplace(key(model.space, element.id), nodes().size());
            nodes().push_back(std::move(node));
            origins_.push_back({&model, &element, types_.size() - 1});
        }
    }

    std::optional<std::size_t> target(const Reference& reference, const Model& model) {
        const auto& space = reference.space.empty() ? model.space : reference.space;
        if (const auto found = ids_.find(key(space, reference.id)); found != ids_.end())
            return found->second;
        std::vector<std::string> known;
        for (const auto& node : nodes())
            if (node.space == space) known.push_back(node.id);
        const auto near = nearest(reference.id, known);
        findings_.add("unknown-element", reference.mark,
                      fmt::format("there is no element with the id `{}`", reference.id),
                      did_you_mean(near));
        return {};
    }

    std::vector<std::size_t> targets(const std::vector<Reference>& references, const Model& model) {
        std::vector<std::size_t> found;
        for (const auto& reference : references)
            if (const auto node = target(reference, model)) found.push_back(*node);
        return found;
    }

    void require(Node& node, const std::vector<Reference>& references, const Model& model,
                 int depth) {
        for (const auto& reference : references) {
            const auto found = target(reference, model);
            if (!found) continue;
            if (!compile(*found, depth + 1)) {
                findings_.add("requirement-cycle", reference.mark,
                              fmt::format("`{}` depends on itself through `{}`", node.name,
                                          nodes()[*found].name));
                continue;
            }
            add_link(node, *found, model, reference);
        }
    }

    void add_link(Node& node, std::size_t found, const Model& model, const Reference& reference) {
        const auto& target = nodes()[found];
        Node::Link link{reference.alias.empty() ? target.name : reference.alias, found, {}};
        if (target.space == model.space) {
            node.links.push_back(std::move(link));
            return;
        }
        const auto import =
            std::find_if(model.imports.begin(), model.imports.end(),
                         [&](const Import& one) { return one.space == target.space; });
        if (import == model.imports.end()) {
            findings_.add("import-not-found", reference.mark,
                          fmt::format("the model {} is not imported", target.space));
            return;
        }
        if (import->name.empty()) {
            node.links.push_back(std::move(link));
            return;
        }
        auto group = std::find_if(node.links.begin(), node.links.end(), [&](const Node::Link& one) {
            return one.name == import->name && !one.inside.empty();
        });
        if (group == node.links.end()) group = node.links.insert(group, {import->name, 0, {}});
        group->inside.push_back(std::move(link));
    }

    static feel::Type function_type() {
        feel::Type function;
        function.kind = feel::Kind::function;
        return function;
    }

    feel::Type type(const Node::Link& link) {
        if (link.inside.empty()) {
            const auto& node = nodes()[link.node];
            // A node that depends on itself is not compiled yet, and was reported.
            if (node.kind == Element::Kind::knowledge)
                return node.plan ? type_of(*node.plan) : function_type();
            if (node.kind == Element::Kind::service) return function_type();
            return type_of(node.constraint);
        }
        feel::Type context;
        context.kind = feel::Kind::context;
        for (const auto& one : link.inside) context.entries.emplace_back(one.name, type(one));
        return context;
    }

    /// Returns false if the node is already being compiled, which means that it depends on itself.
    bool compile(std::size_t index, int depth) {
        if (states_[index] == State::done) return true;
        if (states_[index] == State::entered) return false;
        states_[index] = State::entered;
        const auto& [model, element, number] = origins_[index];
        auto& node = nodes()[index];
        if (depth > longest_chain) {
            findings_.add(
                "too-deep", element->mark,
                fmt::format("more than {} decisions depend on each other", longest_chain));
            states_[index] = State::done;
            node.plan = std::make_shared<const Plan>();
            return true;
        }
        const auto& types = types_[number];
        const auto& variable = element->variable;
        if (node.kind != Element::Kind::knowledge)
            node.constraint = types.find(variable.type, variable.mark, findings_);
        require(node, element->requires_information, *model, depth);
        require(node, element->requires_knowledge, *model, depth);
        if (node.kind == Element::Kind::service) compile_service(node, *element, *model, depth);
        if (node.kind == Element::Kind::decision || node.kind == Element::Kind::knowledge) {
            Names names(types);
            if (node.kind == Element::Kind::knowledge) names.push(node.name, function_type());
            for (const auto& link : node.links) names.push(link.name, type(link));
            node.plan = compile_logic(with_result(*element, types), names, types, findings_);
        }
        states_[index] = State::done;
        return true;
    }

    /// The declared type of business knowledge is the type of its function's result.
    Logic with_result(const Element& element, const Types& types) {
        auto logic = element.logic;
        const auto& variable = element.variable;
        if (element.kind != Element::Kind::knowledge || !logic.type.empty() ||
            variable.type.empty())
            return logic;
        const auto declared = types.find(variable.type, variable.mark, findings_);
        if (declared && declared->type.kind != feel::Kind::function) logic.type = variable.type;
        return logic;
    }

    void compile_service(Node& node, const Element& element, const Model& model, int depth) {
        node.outputs = targets(element.outputs, model);
        node.parameters = targets(element.input_data, model);
        for (const auto decision : targets(element.input_decisions, model))
            node.parameters.push_back(decision);
        const auto rests_on_itself = [&](std::size_t other) {
            if (compile(other, depth + 1)) return false;
            findings_.add(
                "requirement-cycle", element.mark,
                fmt::format("`{}` depends on itself through `{}`", node.name, nodes()[other].name));
            return true;
        };
        std::erase_if(node.outputs, rests_on_itself);
        std::erase_if(node.parameters, rests_on_itself);
    }

    std::span<const Model> models_;
    Program& program_;
    DiagnosticSink& findings_;
    std::deque<Types> types_;  // one per model; their addresses must not change
    std::vector<Origin> origins_;
    std::vector<State> states_;
    std::unordered_map<std::string, std::size_t> ids_;
    std::unordered_set<std::string> names_;
};

std::shared_ptr<const Program> Program::compile(std::span<const Model> models,
                                                DiagnosticSink& findings) {
    auto program = std::make_shared<Program>();
    if (models.empty()) return program;
    program->space_ = models.back().space;
    ProgramCompiler(models, *program, findings).run();
    return program;
}

}  // namespace workflow::decision
