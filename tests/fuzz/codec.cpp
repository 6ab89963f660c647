// Whatever the bytes, decoding ends in an event or in a CodecError; and what decodes encodes to the
// same bytes again, so that no two bodies mean the same event. The same holds for what is sealed.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "trail/codec.hpp"
#include "trail/sealing.hpp"

using namespace workflow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    try {
        const auto event = trail::decode(body);
        if (trail::encode(event) != body) __builtin_trap();
        if (kind_of(event.what).empty()) __builtin_trap();
    } catch (const trail::CodecError&) {
    }
    try {
        if (trail::encode(trail::decode_openings(body)) != body) __builtin_trap();
    } catch (const trail::CodecError&) {
    }
    return 0;
}
