#pragma once

/// The whole store: every chain, every replay, and every row of every table that must follow from
/// them.

#include <functional>

#include <workflow/engine.hpp>

#include "engine_context.hpp"

namespace workflow::shell {

/// Streams the cases a page at a time, which other threads check meanwhile; memory does not grow
/// with the store. A store in a file is read by two connections of its own that see one moment:
/// one reads cases, the other all tables in their order. Without the lock, and without regard to
/// what the workplace has in memory. Throws StoreError.
TrailReport verify_trail(EngineContext& place, const std::function<void(std::uint64_t)>& progress);

/// How often the item's cases on the catalog's revision took each transition.
std::vector<std::uint64_t> count_flows(EngineContext& place, const ItemId& item);

}  // namespace workflow::shell
