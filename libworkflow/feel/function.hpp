#pragma once

/// Functions as values: built-in ones, those an expression defines, those of a decision model.

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
    /// Null for the wrong number or kind of arguments; never throws but for lack of memory. Callers
    /// go through `invoke`, which keeps functions that call each other from going too deep.
    [[nodiscard]] virtual Value call(std::span<const Value> arguments,
                                     Evaluation& evaluation) const = 0;
};

/// Calls `function`; null when calls are nested too deeply.
Value invoke(const Function& function, std::span<const Value> arguments, Evaluation& evaluation);

}  // namespace workflow::feel
