#pragma once

#include <functional>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Calls `go_on` for each item of a list, each whole number or day of a range (descending if its
/// low end is higher than its high end), or the single value, until `go_on` returns false (DMN 1.5,
/// 10.3.2.14). Returns false if there is nothing to iterate over: null, or a range of any other
/// type.
bool for_each_item(const Value& from, const std::function<bool(const Value&)>& go_on);

}  // namespace workflow::feel
