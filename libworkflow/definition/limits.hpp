#pragma once

/// Limits as authors write them: fixed limits, limits that a rule computes for the case, and the
/// warnings before they end.

#include <optional>

#include "item.hpp"
#include "readers.hpp"
#include "steps/step.hpp"

namespace workflow::definition {

/// `20 workdays`, or `{workdays: FEEL, at most: 20}`.
struct LimitText {
    std::optional<Limit> limit;  ///< with a rule: the longest limit that the rule can give
    ExpressionText rule;         ///< gives the number of units of the limit; empty: all of them
};
/// Reads a limit. `of_step`: a fixed limit may be in working hours.
LimitText read_computed_limit(const YamlNode& node, bool of_step, DiagnosticSink& findings);

/// Reads `1 workday`, which is a yellow warning, or `{yellow: LIMIT, red: LIMIT}`. `longest` is the
/// limit that the warnings precede. Reports a warning that would come before that limit begins.
WarningTimes read_warning_times(const YamlNode& node, std::optional<Limit> longest,
                                DiagnosticSink& findings);

/// Reads the item's `limits`.
void read_limits(const Form& form, Item& item);

/// Returns whether a limit of `one` can last longer than a limit of `other` in every year.
bool surely_longer(Limit one, Limit other);

}  // namespace workflow::definition
