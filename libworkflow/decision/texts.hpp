#pragma once

/// FEEL texts: compiled, their mistakes told at their place.

#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "model.hpp"

namespace workflow::decision {

/// What becomes of an expression with an ill-typed part or an unknown name.
enum class Strictness : std::uint8_t {
    lenient,  ///< it is null when it is evaluated, as the standard has it: a warning
    strict,   ///< it is an error, and there is no expression
};

/// Adds a finding for each mistake, at its column inside `text`.
void report_mistakes(std::vector<feel::Mistake> mistakes, const Text& text,
                     DiagnosticSink& findings, Strictness strictness = Strictness::strict);

/// An expression. What cannot be read is an error in any case, and the expression is empty.
feel::Expression compile_text(const Text& text, const feel::Scope& scope, Strictness strictness,
                              DiagnosticSink& findings);

/// Unary tests of a value of type `input`, which is the slot after the scope's names.
feel::Expression compile_tests(const Text& text, const feel::Scope& scope, const feel::Type& input,
                               Strictness strictness, DiagnosticSink& findings);

}  // namespace workflow::decision
