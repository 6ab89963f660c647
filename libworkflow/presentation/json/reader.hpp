#pragma once

/// JSON from outside: an application, the inputs of a decision, a proof.

#include <stdexcept>
#include <string>
#include <string_view>

#include "json.hpp"

namespace workflow::presentation {

/// The text is no JSON that is read; says why, with the name of the text, the line and the column.
class NoJson : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads one JSON text within the bounds of `bounds::json_...`, in time that grows with its length.
/// A key that an object has twice is refused: readers differ in which of the two they take. Throws
/// NoJson; `name` is what the text is called there.
Json read_json(std::string_view text, const std::string& name);

}  // namespace workflow::presentation
