#pragma once

/// Reads JSON from outside: an application, the inputs of a decision, a proof.

#include <stdexcept>
#include <string>
#include <string_view>

#include "json.hpp"

namespace workflow::presentation {

/// Invalid JSON, or JSON out of bounds; says why, with the name of the text, the line and the
/// column.
class NoJson : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads one JSON text within the bounds of `bounds::json_...`, in linear time. Refuses duplicate
/// keys of an object, since readers differ in which of the two they use. Throws NoJson, whose
/// message calls the text `name`.
Json read_json(std::string_view text, const std::string& name);

}  // namespace workflow::presentation
