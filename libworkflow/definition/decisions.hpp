#pragma once

/// The decisions of a load, those of `decision:` files and of DMN models, compiled together.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "../decision/program.hpp"
#include "decision.hpp"

namespace workflow::definition {

/// What an expression calls by a name of `uses:`.
struct UsedDecision {
    std::string name;
    feel::Type type;
    Value function;
    Mark mark;
};

class Decisions {
public:
    void add(DecisionFile file, std::uint32_t source);
    void add(decision::Model model, std::uint32_t source);
    /// Known, but not to be called: its own findings say why.
    void add_broken(const std::string& name) { broken_.push_back(name); }

    /// To be called once, after all were added.
    void compile(DiagnosticSink& findings);
    /// All of them; nullptr when there are none. The decision files' elements have no namespace.
    [[nodiscard]] const std::shared_ptr<const decision::Program>& program() const {
        return program_;
    }

    /// What `use` names; a finding when there is none. Adds the texts it is made of to `sources`.
    UsedDecision find(const DecisionUse& use, std::vector<std::uint32_t>& sources,
                      DiagnosticSink& findings) const;

private:
    /// A text, and the units that it refers to.
    struct Unit {
        std::uint32_t source = 0;
        std::vector<std::size_t> needs;
    };
    struct Target {
        std::string space, id;
        decision::Element::Kind kind{};
        std::size_t unit = 0;
    };

    void order_models();
    [[nodiscard]] decision::Model model_of_files(DiagnosticSink& findings);
    [[nodiscard]] std::optional<Target> resolve(const DecisionUse& use,
                                                DiagnosticSink& findings) const;
    [[nodiscard]] std::optional<Target> resolve_in_model(const DecisionUse& use, std::size_t hash,
                                                         DiagnosticSink& findings) const;
    void collect(std::size_t unit, std::vector<std::uint32_t>& sources) const;

    std::vector<DecisionFile> files_;
    std::vector<decision::Model> models_;  ///< after `order_models`, imported before importing
    std::vector<std::string> broken_;
    std::vector<Unit> units_;  ///< of the models, then of the files
    std::vector<std::uint32_t> file_sources_, model_sources_;
    std::shared_ptr<const decision::Program> program_;
};

}  // namespace workflow::definition
