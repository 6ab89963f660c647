#pragma once

/// Definitions among others that they refer to.

#include <filesystem>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>

namespace workflow::tools {

/// Whether `path` is `folder` or lies in it.
bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder);

/// Loads `paths` among `surroundings`, and keeps the findings that are about them: those in them,
/// those that refer to them, and those elsewhere that are not there without them, such as a
/// guarantee of the catalog that one of their items breaks.
Catalog::Loaded load_among(const std::vector<std::filesystem::path>& paths,
                           const std::vector<std::string>& surroundings);

}  // namespace workflow::tools
