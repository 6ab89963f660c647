#pragma once

/// The whole store's trail: every chain, every replay, and the rows that must follow from them.

#include <functional>

#include <workflow/engine.hpp>

#include "unit.hpp"

namespace workflow::shell {

/// Streams the cases a page at a time; memory does not grow with the store. Each page is read under
/// the write lock, so that a case and its rows are of one moment, and checked by a thread of its
/// own meanwhile; breaks come in the order of the cases.
TrailReport verify_trail(Workplace& place, const std::function<void(std::uint64_t)>& progress);

/// How often the item's cases on the catalog's revision took each transition.
std::vector<std::uint64_t> count_flows(Workplace& place, const ItemId& item);

}  // namespace workflow::shell
