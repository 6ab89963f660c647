#pragma once

/// Verifies the whole store: every chain, every replay, and every table row that must follow from
/// them.

#include <functional>

#include <workflow/engine.hpp>

#include "engine_context.hpp"

namespace workflow::shell {

/// Streams the cases a page at a time, which other threads check meanwhile; memory does not grow
/// with the store. Reads a store in a file over two connections of its own that see the same
/// snapshot: one reads cases, the other all tables in their order. Needs no lock, and ignores what
/// the context has in memory. Throws StoreError.
TrailReport verify_trail(EngineContext& place, const std::function<void(std::uint64_t)>& progress);

/// Returns how often the item's cases on the catalog's revision fired each transition.
std::vector<std::uint64_t> count_flows(EngineContext& place, const ItemId& item);

}  // namespace workflow::shell
