#pragma once

#include <filesystem>

namespace workflow::store {

/// Copies the database as it stands at one moment, while others write, into `copy`, which is there
/// and empty, and has SQLite check the copy. The copy needs no side files. Throws StoreError, which
/// says so where the copy is damaged; what `copy` holds then is worth nothing.
void back_up(const std::filesystem::path& store, const std::filesystem::path& copy);

}  // namespace workflow::store
