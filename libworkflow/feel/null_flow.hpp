#pragma once

/// Finds where null flows through a condition without a test for null. In three-valued logic a
/// condition on a missing value is neither true nor false, and the case silently takes another
/// path.

#include <cstdint>
#include <set>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

using Slots = std::set<std::uint32_t>;

/// A slot that is read in bytes [begin, end) of the text. If it is null, the result is null as
/// well, up to the condition itself or the condition of an `if` in it.
struct NullFlow {
    std::uint32_t slot = 0, begin = 0, end = 0;
};

/// Returns the flows of slots that may be null, in the order of the text. A test for null (`x !=
/// null and x > 3`, `x = null or x > 3`, `if x = null then 0 else x`) stops a flow. An operation
/// that has a result for null, such as `x = "a"`, stops it as well. Functions other than built-ins
/// are assumed to have one.
std::vector<NullFlow> null_flows(const Expression& condition, const Slots& may_be_null);

/// Returns the slots that are certainly not null when the condition is true.
Slots not_null_where_true(const Expression& condition);

}  // namespace workflow::feel
