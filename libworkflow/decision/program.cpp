#include "program.hpp"

#include <algorithm>

namespace workflow::decision {
namespace {

using Node = Program::Node;

/// One evaluation: the given values, and the values computed so far.
class Session {
public:
    Session(const Program& program, feel::Evaluation& evaluation)
        : program_(program), evaluation_(evaluation), known_(program.nodes().size()) {}

    /// Uses `value` for a node instead of its own logic. Returns false if the value does not have
    /// the type of the node.
    bool give(std::size_t node, Value value) {
        const bool was_null = value.is_null();
        known_[node] =
            conform(std::move(value), program_.nodes()[node].constraint.get(), evaluation_);
        return was_null || !known_[node]->is_null();
    }

    const Value& value(std::size_t index) {
        auto& known = known_[index];
        if (!known) known = find(program_.nodes()[index], index);
        return *known;
    }

private:
    Value find(const Node& node, std::size_t index);

    Value link(const Node::Link& link) {
        if (link.inside.empty()) return value(link.node);
        Context entries;
        for (const auto& one : link.inside) entries.emplace_back(one.name, this->link(one));
        return entries;
    }

    std::vector<Value> slots(const Node& node) {
        std::vector<Value> slots;
        slots.reserve(node.links.size());
        for (const auto& one : node.links) slots.push_back(link(one));
        return slots;
    }

    const Program& program_;
    feel::Evaluation& evaluation_;
    std::vector<std::optional<Value>> known_;
};

Value outputs(const Program& program, const Node& service, Session& session) {
    if (service.outputs.size() == 1) return session.value(service.outputs.front());
    Context entries;
    for (const auto output : service.outputs)
        entries.emplace_back(program.nodes()[output].name, session.value(output));
    return entries;
}

/// A decision service as a function (DMN 1.5, 10.4), or a decision as a function of the inputs that
/// it depends on.
class Service final : public feel::Function {
public:
    Service(std::shared_ptr<const Program> program, std::size_t node,
            std::vector<std::size_t> nodes)
        : program_(std::move(program)), node_(node), nodes_(std::move(nodes)) {
        for (const auto parameter : nodes_)
            parameters_.push_back({program_->nodes()[parameter].name,
                                   type_of(program_->nodes()[parameter].constraint)});
    }

    [[nodiscard]] std::span<const Parameter> parameters() const override { return parameters_; }

    [[nodiscard]] Value call(std::span<const Value> arguments,
                             feel::Evaluation& evaluation) const override {
        if (arguments.size() != parameters_.size()) {
            evaluation.problem("a decision service is called with the wrong number of arguments");
            return {};
        }
        Session session(*program_, evaluation);
        for (std::size_t i = 0; i < arguments.size(); ++i)
            if (!session.give(nodes_[i], arguments[i])) return {};
        const auto& node = program_->nodes()[node_];
        if (node.kind != Element::Kind::service) return session.value(node_);
        return conform(outputs(*program_, node, session), node.constraint.get(), evaluation);
    }

private:
    std::shared_ptr<const Program> program_;
    std::size_t node_;
    std::vector<std::size_t> nodes_;  ///< one per parameter
    std::vector<Parameter> parameters_;
};

Value Session::find(const Node& node, std::size_t index) {
    switch (node.kind) {
        case Element::Kind::input:
            return {};
        case Element::Kind::decision: {
            Run run{slots(node), evaluation_};
            return conform(evaluate(*node.plan, run), node.constraint.get(), evaluation_);
        }
        case Element::Kind::knowledge: {
            // The first name that it sees is its own.
            std::vector<Value> seen{Value()};
            for (auto& value : slots(node)) seen.push_back(std::move(value));
            return node.plan->kind == Logic::Kind::none ? Value()
                                                        : Value(closure(node.plan, seen, 0));
        }
        case Element::Kind::service:
            return Value(std::shared_ptr<const feel::Function>(std::make_shared<const Service>(
                program_.shared_from_this(), index, node.parameters)));
    }
    return {};
}

}  // namespace

std::optional<std::size_t> Program::find(std::string_view space, std::string_view name) const {
    std::optional<std::size_t> elsewhere;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
        if (nodes_[i].name != name) continue;
        if (nodes_[i].space == (space.empty() ? space_ : space)) return i;
        elsewhere = i;
    }
    return space.empty() ? elsewhere : std::nullopt;
}

std::vector<std::size_t> Program::inputs_of(std::size_t node) const {
    std::vector<bool> seen(nodes_.size());
    std::vector<std::size_t> waiting{node};
    const auto follow = [&](const Node::Link& link, const auto& self) -> void {
        if (link.inside.empty()) waiting.push_back(link.node);
        for (const auto& one : link.inside) self(one, self);
    };
    while (!waiting.empty()) {
        const auto next = waiting.back();
        waiting.pop_back();
        if (seen[next]) continue;
        seen[next] = true;
        for (const auto& link : nodes_[next].links) follow(link, follow);
    }
    std::vector<std::size_t> inputs;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (seen[i] && nodes_[i].kind == Element::Kind::input) inputs.push_back(i);
    return inputs;
}

Value Program::function(std::size_t node) const {
    if (nodes_[node].kind == Element::Kind::decision)
        return Value(std::shared_ptr<const feel::Function>(
            std::make_shared<const Service>(shared_from_this(), node, inputs_of(node))));
    feel::Evaluation evaluation;
    return evaluate(node, {}, evaluation);
}

feel::Type Program::function_type(std::size_t index) const {
    const auto& node = nodes_[index];
    if (node.kind == Element::Kind::knowledge) return type_of(*node.plan);
    feel::Type function;
    function.kind = feel::Kind::function;
    for (const auto parameter :
         node.kind == Element::Kind::service ? node.parameters : inputs_of(index))
        function.entries.emplace_back(nodes_[parameter].name,
                                      type_of(nodes_[parameter].constraint));
    auto result = node.constraint || !node.plan ? type_of(node.constraint) : type_of(*node.plan);
    if (node.kind == Element::Kind::service && !node.constraint && node.outputs.size() == 1) {
        const auto& output = nodes_[node.outputs.front()];
        result =
            output.constraint || !output.plan ? type_of(output.constraint) : type_of(*output.plan);
    }
    function.element = std::make_shared<const feel::Type>(std::move(result));
    return function;
}

Value Program::evaluate(std::size_t node, std::span<const Given> inputs,
                        feel::Evaluation& evaluation) const {
    Session session(*this, evaluation);
    for (const auto& input : inputs)
        if (const auto at = find(input.space, input.name)) session.give(*at, input.value);
    return session.value(node);
}

Value Program::invoke(std::size_t service, std::span<const Given> inputs,
                      feel::Evaluation& evaluation) const {
    const auto& node = nodes_[service];
    Session session(*this, evaluation);
    for (const auto parameter : node.parameters) {
        // An input that is not given is null, and is not determined in another way.
        Value value;
        for (const auto& input : inputs)
            if (find(input.space, input.name) == parameter) value = input.value;
        if (!session.give(parameter, std::move(value))) return {};
    }
    return conform(outputs(*this, node, session), node.constraint.get(), evaluation);
}

}  // namespace workflow::decision
