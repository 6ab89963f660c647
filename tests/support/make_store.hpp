#pragma once

#include <memory>
#include <string>
#include <workflow/engine.hpp>

namespace workflow::testing {

/// The store in that file, made where there is none.
inline std::unique_ptr<Store> make_store(const std::string& file,
                                         std::optional<Hashing> made_by = {}) {
    return open_store(file, {.create = true, .made_by = made_by});
}

}  // namespace workflow::testing
