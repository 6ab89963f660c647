#pragma once

/// A decision model, compiled together with its imports.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan.hpp"

namespace workflow::decision {

/// The value that a caller gives for an input. An empty `space` means the model itself.
struct Given {
    std::string space, name;
    Value value;
};

/// A compiled model. Immutable; may be evaluated by several threads at once.
class Program : public std::enable_shared_from_this<Program> {
public:
    /// Compiles the last of `models`. The models before it are its imports, each before the models
    /// that import it. Always returns a program; an element with an error is null in it.
    static std::shared_ptr<const Program> compile(std::span<const Model> models,
                                                  DiagnosticSink& findings);

    struct Node {
        Element::Kind kind = Element::Kind::decision;
        std::string space, id, name;
        ConstraintPtr constraint;
        /// What the logic of a node sees: names, each with its node; or, under the name of an
        /// import, several.
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
    /// Returns the node with the name `name` in the model with this namespace (empty: the model
    /// itself).
    [[nodiscard]] std::optional<std::size_t> find(std::string_view space,
                                                  std::string_view name) const;
    /// Returns the namespace of the model itself.
    [[nodiscard]] const std::string& space() const { return space_; }

    /// Returns the value of a decision for these inputs; an input that is not given is null. For
    /// business knowledge and services, the value is a function.
    [[nodiscard]] Value evaluate(std::size_t node, std::span<const Given> inputs,
                                 feel::Evaluation& evaluation) const;
    /// Invokes a service with inputs and input decisions by their names. Returns the value of its
    /// only output decision, or a context of its output decisions.
    [[nodiscard]] Value invoke(std::size_t service, std::span<const Given> inputs,
                               feel::Evaluation& evaluation) const;

    /// Returns a function that evaluates the node. For a decision, it is a function of all the
    /// input data that the decision depends on, in the order of the models; for other nodes, it is
    /// the function that they are.
    [[nodiscard]] Value function(std::size_t node) const;
    [[nodiscard]] feel::Type function_type(std::size_t node) const;

private:
    friend class ProgramCompiler;
    [[nodiscard]] std::vector<std::size_t> inputs_of(std::size_t node) const;
    std::string space_;
    std::vector<Node> nodes_;
};

}  // namespace workflow::decision
