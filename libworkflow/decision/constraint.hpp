#pragma once

/// Item definitions, compiled: what a value of a named type must be (DMN 1.5, 7.3.2).

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "model.hpp"
#include "texts.hpp"

namespace workflow::decision {

/// What a value must be. Immutable.
struct Constraint {
    feel::Type type;           ///< the whole shape, lists included
    feel::Expression allowed;  ///< unary tests for the value, or each item of a collection; or none
    bool collection = false;
    std::vector<std::pair<std::string, std::shared_ptr<const Constraint>>> components;
    std::shared_ptr<const Constraint> base;  ///< the type this one narrows, or whose list it is
};

/// Nothing: any value will do.
using ConstraintPtr = std::shared_ptr<const Constraint>;

/// The value as `constraint` has it: a single item becomes a list, and the reverse, where that is
/// wanted; null when it does not conform (DMN 1.5, 10.3.2.9.4).
Value conform(Value value, const Constraint* constraint, feel::Evaluation& evaluation);

inline const feel::Type& type_of(const ConstraintPtr& constraint) {
    static const feel::Type any;
    return constraint ? constraint->type : any;
}

/// The types a model can name: FEEL's own, its item definitions, those of its imports.
class Types {
public:
    /// Compiles the item definitions of `model`. `imported` are the types of its imports, each with
    /// the name it is imported by.
    Types(const Model& model, std::span<const std::pair<std::string, const Types*>> imported,
          DiagnosticSink& findings);

    /// The type called `name`; an empty or unknown name is any, and a finding says so.
    ConstraintPtr find(std::string_view name, Mark mark, DiagnosticSink& findings) const;
    [[nodiscard]] Strictness strictness() const { return strictness_; }
    /// All of the names, for `instance of` and the like.
    [[nodiscard]] const std::vector<std::pair<std::string, feel::Type>>& names() const {
        return names_;
    }

private:
    enum class State : std::uint8_t { waiting, entered, done };
    ConstraintPtr resolve(std::string_view name, Mark mark, const Model& model,
                          DiagnosticSink& findings);
    ConstraintPtr define(const ItemDefinition& definition, const Model& model,
                         DiagnosticSink& findings);
    [[nodiscard]] ConstraintPtr known(std::string_view name) const;

    Strictness strictness_;
    std::vector<std::pair<std::string, ConstraintPtr>> defined_;
    std::vector<std::pair<std::string, State>> states_;
    std::vector<std::pair<std::string, feel::Type>> names_;
};

}  // namespace workflow::decision
