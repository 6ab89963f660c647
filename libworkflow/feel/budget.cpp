#include "budget.hpp"

#include <algorithm>

namespace workflow::feel {

bool spend_for(std::uint32_t& budget, const Value& value, int depth) {
    if (!spend(budget, 1 + cost_of_copy(value))) return false;
    if (depth > deepest_value) {
        budget = 0;
        return false;
    }
    const auto part = [&](const Value& inner) { return spend_for(budget, inner, depth + 1); };
    if (const auto* list = value.as<List>()) return std::all_of(list->begin(), list->end(), part);
    if (const auto* context = value.as<Context>())
        return std::all_of(context->begin(), context->end(), [&](const auto& entry) {
            return spend(budget, entry.first.size() / 64) && part(entry.second);
        });
    if (const auto* range = value.as<Range>()) return part(range->low) && part(range->high);
    return true;
}

bool spend_for_items(std::uint32_t& budget, const List& list) {
    return std::all_of(list.begin(), list.end(),
                       [&](const Value& item) { return spend(budget, 1 + cost_of_copy(item)); });
}

}  // namespace workflow::feel
