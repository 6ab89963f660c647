#pragma once

/// Item definitions, compiled: the requirements on a value of a named type (DMN 1.5, 7.3.2).

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

/// The requirements on a value. Immutable.
struct Constraint {
    feel::Type type;  ///< the whole type, including lists
    /// unary tests for the value, or for each item of a collection; may be empty
    feel::Expression allowed;
    bool collection = false;
    std::vector<std::pair<std::string, std::shared_ptr<const Constraint>>> components;
    /// the type that this one restricts, or whose list it is
    std::shared_ptr<const Constraint> base;
};

/// nullptr: any value is allowed.
using ConstraintPtr = std::shared_ptr<const Constraint>;

/// Converts the value to `constraint`: a single item to a list and the reverse, if required.
/// Returns null if the value does not conform (DMN 1.5, 10.3.2.9.4).
Value conform(Value value, const Constraint* constraint, feel::Evaluation& evaluation);

inline const feel::Type& type_of(const ConstraintPtr& constraint) {
    static const feel::Type any;
    return constraint ? constraint->type : any;
}

/// The types that a model can name: those of FEEL, its item definitions and those of its imports.
class Types {
public:
    /// Compiles the item definitions of `model`. `imported` contains the types of its imports, each
    /// with the name of the import.
    Types(const Model& model, std::span<const std::pair<std::string, const Types*>> imported,
          DiagnosticSink& findings);

    /// Returns the type with the name `name`. Returns any for an empty or unknown name; reports an
    /// unknown name.
    ConstraintPtr find(std::string_view name, Mark mark, DiagnosticSink& findings) const;
    [[nodiscard]] Strictness strictness() const { return strictness_; }
    /// Returns all names, for `instance of` and similar uses.
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
