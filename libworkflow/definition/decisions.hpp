#pragma once

/// The decisions of one load, from `decision:` files and DMN models, compiled together.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "../decision/program.hpp"
#include "decision.hpp"

namespace workflow::definition {

/// A decision that an expression calls by a name of `uses:`.
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
    /// Adds a name that is known but cannot be called. The findings about its file say why.
    void add_broken(const std::string& name) { broken_.push_back(name); }

    /// Compiles all decisions. Must be called once, after all of them were added.
    void compile(DiagnosticSink& findings);
    /// Returns the program of all decisions, or nullptr if there are none. The elements of decision
    /// files have no namespace.
    [[nodiscard]] const std::shared_ptr<const decision::Program>& program() const {
        return program_;
    }

    /// Returns the decision that `use` names; reports a finding if there is none. Adds to `sources`
    /// the texts that the decision is made of.
    UsedDecision find(const DecisionUse& use, std::vector<std::uint32_t>& sources,
                      DiagnosticSink& findings) const;

private:
    /// A text and the units that it refers to.
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
    /// after `order_models`: imported models precede the models that import them
    std::vector<decision::Model> models_;
    std::vector<std::string> broken_;
    std::vector<Unit> units_;  ///< first those of the models, then those of the files
    std::vector<std::uint32_t> file_sources_, model_sources_;
    std::shared_ptr<const decision::Program> program_;
};

}  // namespace workflow::definition
