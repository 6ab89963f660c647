#pragma once

/// Mistakes in an expression, as findings on the author's line.

#include <vector>

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "steps/step.hpp"

namespace workflow::definition {

/// Adds a finding for each mistake, at its column inside `text`.
void report_mistakes(std::vector<feel::Mistake> mistakes, const ExpressionText& text,
                     Findings& findings);

}  // namespace workflow::definition
