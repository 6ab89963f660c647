#pragma once

#include <memory>

#include <workflow/ports.hpp>

namespace workflow {

/// A store that forgets when it is destroyed. For tests, simulations and examples.
std::unique_ptr<Store> open_memory_store(Hashing hashing = Hashing::sha256);

}  // namespace workflow
