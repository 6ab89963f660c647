#pragma once

#include <filesystem>

namespace workflow::store {

/// Copies the database as of one moment, while others write, into `copy`, which must exist and be
/// empty, and has SQLite check the copy. The copy needs no side files. Throws StoreError, which
/// states if the copy is damaged; `copy` is then unusable.
void back_up(const std::filesystem::path& store, const std::filesystem::path& copy);

}  // namespace workflow::store
