#pragma once

/// A decision model, compiled with those it imports.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan.hpp"

namespace workflow::decision {

/// What a caller gives for an input. An empty `space` means the model itself.
struct Given {
    std::string space, name;
    Value value;
};

/// A compiled model. Immutable; may be evaluated by several threads at once.
class Program : public std::enable_shared_from_this<Program> {
public:
    /// Compiles the last of `models`; those before it are what it imports, imported before
    /// importing. Always gives a program; what an error is about is null in it.
    static std::shared_ptr<const Program> compile(std::span<const Model> models,
                                                  DiagnosticSink& findings);

    struct Node {
        Element::Kind kind = Element::Kind::decision;
        std::string space, id, name;
        ConstraintPtr constraint;
        /// What its logic sees: names, each with its node; or, by the name of an import, several.
        struct Link {
            std::string name;
            std::size_t node = 0;
            std::vector<Link> inside;  ///< not empty: a context of these
        };
        std::vector<Link> links;
        std::shared_ptr<const Plan> plan;
        std::vector<std::size_t> outputs, parameters;  ///< of a service
        Mark mark;
    };
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    /// The node called `name` in the model of this namespace (empty: the model itself).
    [[nodiscard]] std::optional<std::size_t> find(std::string_view space,
                                                  std::string_view name) const;
    /// The namespace of the model itself.
    [[nodiscard]] const std::string& space() const { return space_; }

    /// The value of a decision, for these inputs; an input not given is null. Of business knowledge
    /// and services, the value is a function.
    [[nodiscard]] Value evaluate(std::size_t node, std::span<const Given> inputs,
                                 feel::Evaluation& evaluation) const;
    /// Invokes a service: inputs and input decisions by their names. The value of its one output
    /// decision, or a context of them.
    [[nodiscard]] Value invoke(std::size_t service, std::span<const Given> inputs,
                               feel::Evaluation& evaluation) const;

    /// What calls the node: of a decision, a function of all the input data that it rests on, in
    /// the order in which they stand in their models; of the others, the function that they are.
    [[nodiscard]] Value function(std::size_t node) const;
    [[nodiscard]] feel::Type function_type(std::size_t node) const;

private:
    friend class ProgramCompiler;
    [[nodiscard]] std::vector<std::size_t> inputs_of(std::size_t node) const;
    std::string space_;
    std::vector<Node> nodes_;
};

}  // namespace workflow::decision
