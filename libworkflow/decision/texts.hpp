#pragma once

/// FEEL texts of a model: compiled, their mistakes told at their place in the model.

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "model.hpp"

namespace workflow::decision {

/// An expression. As the standard has it, what is ill-typed is null when it is evaluated: that is a
/// warning. What cannot be read is an error, and the expression is empty.
feel::Expression compile_text(const Text& text, const feel::Scope& scope, Findings& findings);

/// Unary tests of a value of type `input`, which is the slot after the scope's names.
feel::Expression compile_tests(const Text& text, const feel::Scope& scope, const feel::Type& input,
                               Findings& findings);

}  // namespace workflow::decision
