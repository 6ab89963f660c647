#pragma once

/// Limits as authors write them: plain ones, those that a rule computes by the case, and how long
/// before them somebody is warned.

#include <optional>

#include "item.hpp"
#include "readers.hpp"
#include "steps/step.hpp"

namespace workflow::definition {

/// `20 workdays`, or `{workdays: FEEL, at most: 20}`.
struct LimitText {
    std::optional<Limit> limit;  ///< with a rule: what it gives at most
    ExpressionText rule;         ///< how many of the limit's units; empty: all of them
};
/// `of_step`: a plain one may count working hours.
LimitText read_computed_limit(const YamlNode& node, bool of_step, DiagnosticSink& findings);

/// `1 workday`, which is a yellow warning, or `{yellow: LIMIT, red: LIMIT}`. `longest`: of what is
/// warned; a warning that comes before it begins is a finding.
WarningTimes read_warning_times(const YamlNode& node, std::optional<Limit> longest,
                                DiagnosticSink& findings);

/// The item's `limits`.
void read_limits(const Form& form, Item& item);

/// Whether a limit of `one` can last longer than one of `other` in every year.
bool surely_longer(Limit one, Limit other);

}  // namespace workflow::definition
