#pragma once

#include <functional>

#include <workflow/values.hpp>

namespace workflow::feel {

/// Calls `go_on` for each item of a list, each whole number or day of a range (downwards when its
/// low end is the higher), or the single value, until it answers false (DMN 1.5, 10.3.2.14). False
/// when there is nothing to go over: null, and a range of anything else.
bool for_each_item(const Value& from, const std::function<bool(const Value&)>& go_on);

}  // namespace workflow::feel
