#pragma once

/// Event to canonical bytes and back. The format is on paper in docs/formats/event.md. Each body
/// begins with its format version; superseded versions are read, never written.

#include <stdexcept>
#include <string>
#include <string_view>

#include <workflow/event.hpp>

namespace workflow::trail {

/// The bytes are not an event, or the event cannot be written so that it could be read again.
class CodecError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Appends the canonical bytes of `event`. Throws CodecError, before they could reach a trail, on a
/// value nested deeper than 32 and on a draw whose officers are out of order.
void encode(const Event& event, std::string& out);
std::string encode(const Event& event);
/// Throws CodecError on anything that `encode` does not write, trailing bytes included: what
/// decodes encodes to the same bytes again.
Event decode(std::string_view body);
/// The same into an event that is there already, for readers of many; when it throws, what it holds
/// is worth nothing.
void decode(std::string_view body, Event& event);

}  // namespace workflow::trail
