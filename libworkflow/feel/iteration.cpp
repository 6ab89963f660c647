#include "iteration.hpp"

#include "../base/decimal.hpp"

namespace workflow::feel {
namespace {

/// Returns the position of an end of a range among the whole numbers or the days.
std::optional<std::int64_t> place(const Value& end) {
    if (const auto* number = end.as<Decimal>()) return to_integer(*number);
    if (const auto* date = end.as<Date>()) return date->days;
    return {};
}

bool for_each_in(const Range& range, const std::function<bool(const Value&)>& go_on) {
    const auto low = place(range.low), high = place(range.high);
    if (!low || !high || range.low.held().index() != range.high.held().index()) return false;
    const std::int64_t step = *low <= *high ? 1 : -1;
    const bool days = range.low.as<Date>() != nullptr;
    // The last value is tested before it is incremented, because it may be the largest value of the
    // type.
    for (auto at = *low;; at += step) {
        const bool inside =
            (at != *low || range.low_included) && (at != *high || range.high_included);
        if (inside && !go_on(days ? Value(Date{at}) : Value(decimal_of(at)))) return true;
        if (at == *high) return true;
    }
}

}  // namespace

bool for_each_item(const Value& from, const std::function<bool(const Value&)>& go_on) {
    if (const auto* range = from.as<Range>()) return for_each_in(*range, go_on);
    if (const auto* list = from.as<List>()) {
        for (const auto& item : *list)
            if (!go_on(item)) break;
        return true;
    }
    if (from.is_null()) return false;
    go_on(from);
    return true;
}

}  // namespace workflow::feel
