#pragma once

/// Decisions (DMN 1.5): tables, expressions and what they rest on, by themselves.
///
///     auto loaded = workflow::DecisionModel::load("eligibility.dmn");
///     auto outcome = loaded.model->decide("Eligible", {{"age", workflow::decimal_of(17)}});
///
/// `Catalog::decisions` has those of a folder of definitions, `decision:` files among them.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>
#include <workflow/feel.hpp>
#include <workflow/values.hpp>

namespace workflow {

namespace decision {
class Program;
}
class Sources;

/// Immutable; may be asked by several threads at once. Copies are cheap.
class DecisionModel {
public:
    struct Loaded;

    /// Reads a DMN file, versions 1.1 to 1.5, and the models it imports from the files beside it.
    /// Reports every mistake; the model is there only when none is an error.
    static Loaded load(const std::filesystem::path& file);

    struct Decision {
        enum class Kind : std::uint8_t { decision, knowledge, service };
        Kind kind = Kind::decision;
        std::string name;
        std::vector<FeelName> inputs;  ///< in the order of a call; their types in words
        std::string type;              ///< of its value, in words
        Span span;
    };
    /// In the order of the texts.
    [[nodiscard]] const std::vector<Decision>& decisions() const;
    [[nodiscard]] const Decision* find(std::string_view name) const;

    /// A rule of a table that applied.
    struct Hit {
        std::size_t rule = 0;  ///< from 1
        Span span;
    };
    struct Outcome {
        Value value;
        std::vector<Hit> hits;  ///< of all tables that were asked, in the order of asking
        std::vector<std::string> problems;
    };
    /// The value of the decision `name`. An input that is not given is null; a text stands for a
    /// date, a time or a duration where one of these is declared. Throws std::out_of_range when
    /// there is no such decision.
    [[nodiscard]] Outcome decide(std::string_view name, const Context& inputs,
                                 const EvaluationLimits& limits = {}) const;

    /// For the library's own floors: the decisions of `program`, whose texts are `sources`.
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

}  // namespace workflow
