#pragma once
/// \file
/// The version of these headers, and of the linked library. Semantic versioning: before 1.0 a minor
/// version may break compatibility. CMakeLists.txt reads the numbers here.

#include <string_view>

#define WORKFLOW_VERSION_MAJOR 0
#define WORKFLOW_VERSION_MINOR 1
#define WORKFLOW_VERSION_PATCH 0

namespace workflow::inline v0 {

/// Returns the version of the linked library, `0.1.0`. Thread-safe.
std::string_view version() noexcept;

}  // namespace workflow::inline v0
