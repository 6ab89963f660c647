#pragma once

/// Compiles FEEL texts and reports their mistakes at their place.

#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "model.hpp"

namespace workflow::decision {

/// The treatment of an expression with an ill-typed part or an unknown name.
enum class Strictness : std::uint8_t {
    lenient,  ///< a warning; it is null at evaluation, as the standard requires
    strict,   ///< an error; there is no expression
};

/// Reports a finding for each mistake, at its column inside `text`.
void report_mistakes(std::vector<feel::Mistake> mistakes, const Text& text,
                     DiagnosticSink& findings, Strictness strictness = Strictness::strict);

/// Compiles an expression. Text that cannot be read is an error in either case, and the expression
/// is empty.
feel::Expression compile_text(const Text& text, const feel::Scope& scope, Strictness strictness,
                              DiagnosticSink& findings);

/// Compiles unary tests of a value of type `input`, which is in the slot after the names of the
/// scope.
feel::Expression compile_tests(const Text& text, const feel::Scope& scope, const feel::Type& input,
                               Strictness strictness, DiagnosticSink& findings);

}  // namespace workflow::decision
