#pragma once

/// Functions as values: built-in functions, functions that an expression defines, and functions of
/// a decision model.

#include <span>
#include <string>

#include "expression.hpp"

namespace workflow::feel {

/// Immutable; may be called by several threads at once.
class Function {
public:
    struct Parameter {
        std::string name;
        Type type;
    };
    Function() = default;
    virtual ~Function() = default;
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

    [[nodiscard]] virtual std::span<const Parameter> parameters() const = 0;
    /// Returns null for the wrong number or types of arguments. Throws only if memory is exhausted.
    /// Callers must use `invoke`, which limits the depth of nested calls.
    [[nodiscard]] virtual Value call(std::span<const Value> arguments,
                                     Evaluation& evaluation) const = 0;
};

/// Calls `function`. Returns null if calls are nested too deeply.
Value invoke(const Function& function, std::span<const Value> arguments, Evaluation& evaluation);

}  // namespace workflow::feel
