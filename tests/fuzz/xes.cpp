#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "batch/input.hpp"
#include "batch/xml_pieces.hpp"

// Taking any bytes apart as an event log ends, in pieces or with a message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace workflow::batch;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Bytes bytes(text);
    try {
        XmlPieces pieces(bytes, "log");
        std::string piece;
        for (std::size_t total = 0; pieces.next("trace", piece);) {
            total += piece.size();
            if (piece.empty() || total > size) __builtin_trap();
        }
    } catch (const InputError&) {
        return 0;
    }
    return 0;
}
