#pragma once

/// The cost of an evaluation, which limits its time and memory: one step for each value, and one
/// more for each 64 bytes of text.

#include <cstddef>
#include <cstdint>

#include <workflow/values.hpp>

namespace workflow::feel {

/// The maximum nesting of lists and contexts in a value that an expression creates.
inline constexpr int deepest_value = 100;

/// Takes `steps` from the budget. Returns false, and sets the budget to zero, if it has no more.
inline bool spend(std::uint32_t& budget, std::size_t steps) {
    if (budget <= steps) {
        budget = 0;
        return false;
    }
    budget -= static_cast<std::uint32_t>(steps);
    return true;
}

/// Returns the cost of copying `value`; shared parts are not copied.
inline std::size_t cost_of_copy(const Value& value) {
    const auto* text = value.as<std::string>();
    return text ? text->size() / 64 : 0;
}

/// Takes the cost of the whole of `value` from the budget, including nested items. Values share
/// their parts, so a few steps could otherwise create a value that takes forever to compare or
/// print.
bool spend_for(std::uint32_t& budget, const Value& value, int depth = 0);

/// Takes the cost of copying the items of `list` from the budget.
bool spend_for_items(std::uint32_t& budget, const List& list);

}  // namespace workflow::feel
