#pragma once

#include <memory>

#include <workflow/ports.hpp>

namespace workflow::inline v0 {

/// Opens a store that exists only in memory. For tests, simulations and examples.
std::unique_ptr<Store> open_memory_store(Hashing hashing = Hashing::sha256);

}  // namespace workflow::inline v0
