#pragma once

/// What an evaluation costs, so that none takes long or grows large: a step for each value, and one
/// more for each 64 bytes of text.

#include <cstddef>
#include <cstdint>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Levels of lists and contexts in a value that an expression makes.
inline constexpr int deepest_value = 100;

/// Takes `steps`; false, and nothing is left, when there are not so many.
inline bool spend(std::uint32_t& budget, std::size_t steps) {
    if (budget <= steps) {
        budget = 0;
        return false;
    }
    budget -= static_cast<std::uint32_t>(steps);
    return true;
}

/// What a copy of `value` costs: what is shared is not copied.
inline std::size_t cost_of_copy(const Value& value) {
    const auto* text = value.as<std::string>();
    return text ? text->size() / 64 : 0;
}

/// Takes what the whole of `value` costs, items of items included. Values share their parts, so few
/// steps could otherwise make what takes for ever to compare or print.
bool spend_for(std::uint32_t& budget, const Value& value, int depth = 0);

/// Takes what copying the items of `list` costs.
bool spend_for_items(std::uint32_t& budget, const List& list);

}  // namespace workflow::feel
