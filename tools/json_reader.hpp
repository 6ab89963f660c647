#pragma once

/// JSON from outside: an application, the inputs of a decision, a proof.

#include <string>
#include <string_view>

#include "render_json.hpp"

namespace workflow::tools {

/// Reads one JSON text within the bounds of `bounds::json_...`, in time that grows with its length.
/// A key that an object has twice is refused: readers differ in which of the two they take. Throws
/// WorldError, which names `name`, the line and the column.
Json read_json(std::string_view text, const std::string& name);

}  // namespace workflow::tools
