#pragma once

/// Encodes events to canonical bytes and decodes them. docs/formats/event.md specifies the format.
/// Each body starts with its format version. Superseded versions are read, never written.

#include <stdexcept>
#include <string>
#include <string_view>

#include <workflow/event.hpp>

namespace workflow::trail {

/// The bytes are not an event, or the event cannot be encoded so that it could be decoded again.
class CodecError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Appends the canonical bytes of `event`. Throws CodecError, before they could reach a trail, for
/// a value nested deeper than 32 and for a draw whose officers are out of order.
void encode(const Event& event, std::string& out);
std::string encode(const Event& event);
/// Decodes an event. Throws CodecError for anything that `encode` does not write, including
/// trailing bytes. Encoding the result gives the same bytes again.
Event decode(std::string_view body);
/// Decodes into an existing event, for readers of many. When it throws, the content of `event` is
/// unspecified.
void decode(std::string_view body, Event& event);

}  // namespace workflow::trail
