#pragma once

/// Evaluates decisions (DMN 1.5), tables and expressions without the engine.
///
///     auto loaded = workflow::DecisionModel::load("eligibility.dmn");
///     auto outcome = loaded.model->decide("Eligible", {{"age", workflow::decimal_of(17)}});
///
/// `Catalog::decisions` holds the decisions of a definitions folder, including `decision:` files.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>
#include <workflow/feel.hpp>
#include <workflow/values.hpp>

namespace workflow::decision {
class Program;
}

namespace workflow::inline v0 {
class Sources;

/// Immutable. May be used by several threads at once. Cheap to copy.
class DecisionModel {
public:
    struct Loaded;

    /// Reads a DMN file (versions 1.1 to 1.5) and the models that it imports from the same folder.
    /// Reports every mistake. `model` is set only when none of them is an error.
    static Loaded load(const std::filesystem::path& file);

    struct Decision {
        enum class Kind : std::uint8_t { decision, knowledge, service };
        Kind kind = Kind::decision;
        std::string name;
        std::vector<FeelName> inputs;  ///< in the order of a call; their types as text
        std::string type;              ///< of its value, as text
        Span span;
    };
    /// Returns the decisions in the order of the source texts.
    [[nodiscard]] const std::vector<Decision>& decisions() const;
    [[nodiscard]] const Decision* find(std::string_view name) const;

    /// A rule of a table that matched.
    struct Hit {
        std::size_t rule = 0;  ///< from 1
        Span span;
    };
    struct Outcome {
        Value value;
        std::vector<Hit> hits;  ///< of all tables that were evaluated, in that order
        std::vector<std::string> problems;
    };
    /// Returns the value of the decision `name`. An input that is not given is null. A string is
    /// accepted where a date, a time or a duration is declared. Throws std::out_of_range when there
    /// is no such decision.
    [[nodiscard]] Outcome decide(std::string_view name, const Context& inputs,
                                 const EvaluationLimits& limits = {}) const;

    /// For internal layers of the library: wraps the decisions of `program`, read from `sources`.
    DecisionModel(std::shared_ptr<const decision::Program> program,
                  std::shared_ptr<const Sources> sources);

private:
    struct Contents;
    std::shared_ptr<const Contents> contents_;
};

struct DecisionModel::Loaded {
    std::optional<DecisionModel> model;
    std::vector<Diagnostic> diagnostics;  ///< ordered by file, line, column
    std::size_t errors = 0, warnings = 0;
};

}  // namespace workflow::inline v0
