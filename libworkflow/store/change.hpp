#pragma once

#include <cstdint>

#include <workflow/ports.hpp>

namespace workflow::store {

/// Returns the version that the case must have for `change` to be appended. Throws StoreError when
/// the change is inconsistent: its events do not lead to its row's version one by one, it opens a
/// case that already has events, or it contains events or tasks of another case.
std::uint32_t version_before(const Change& change);

}  // namespace workflow::store
