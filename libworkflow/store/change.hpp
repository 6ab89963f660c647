#pragma once

#include <cstdint>

#include <workflow/ports.hpp>

namespace workflow::store {

/// The version that the case must have for `change` to be appended. Throws StoreError when the
/// change does not fit together: its events do not lead to its row's version one by one, it opens a
/// case that has events already, or it brings another case's events or tasks.
std::uint32_t version_before(const Change& change);

}  // namespace workflow::store
