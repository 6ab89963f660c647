#pragma once

/// Where null flows through a condition without anybody asking for it. In three-valued logic a
/// condition on a missing value is neither true nor false, and the case goes another way in
/// silence.

#include <cstdint>
#include <set>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

using Slots = std::set<std::uint32_t>;

/// A slot that is read in bytes [begin, end) of the text; where it is null, so is what is made of
/// it, up to the condition itself or to that of an `if` in it.
struct NullFlow {
    std::uint32_t slot = 0, begin = 0, end = 0;
};

/// The flows of slots that may be null, in the order of the text. What asks for null first
/// (`x != null and x > 3`, `x = null or x > 3`, `if x = null then 0 else x`) lets none through, nor
/// does what has an answer for null, such as `x = "a"`. Functions that are no built-ins are taken
/// to have one.
std::vector<NullFlow> null_flows(const Expression& condition, const Slots& may_be_null);

/// The slots that are surely not null where the condition is true.
Slots not_null_where_true(const Expression& condition);

}  // namespace workflow::feel
