#pragma once

/// The two directions of the event format: a Writer that appends and a Reader that checks. Both
/// offer the same operations, so one description (parts.hpp, codec.cpp) serves both and they cannot
/// diverge. docs/formats/event.md specifies the format.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "codec.hpp"

namespace workflow::trail {

class Writer {
public:
    static constexpr bool writes = true;
    explicit Writer(std::string& out) : out_(out) {}

    void byte(std::uint8_t value) { out_ += static_cast<char>(value); }
    void number(std::uint64_t value) {
        char buffer[10];
        std::size_t length = 0;
        while (value >= 0x80) {
            buffer[length++] = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        buffer[length++] = static_cast<char>(value);
        out_.append(buffer, length);
    }
    void text(const std::string& value) {
        number(value.size());
        out_ += value;
    }
    void bytes(const std::uint8_t* data, std::size_t size) {
        out_.append(reinterpret_cast<const char*>(data), size);
    }

    int depth = 0;        ///< of nested values
    bool later = false;   ///< parts that older events do not have were written
    bool latest = false;  ///< parts newer than those were written

private:
    std::string& out_;
};

class Reader {
public:
    static constexpr bool writes = false;
    explicit Reader(std::string_view body) : rest_(body) {}

    std::uint8_t byte() {
        if (rest_.empty()) throw CodecError("the event is cut short");
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::uint64_t number() {
        // Most numbers fit into one byte.
        if (!rest_.empty() && static_cast<std::uint8_t>(rest_.front()) < 0x80) return byte();
        return long_number();
    }
    /// Returns a view into the body.
    std::string_view text() {
        const auto size = number();
        if (size > rest_.size()) throw CodecError("a text is cut short");
        const auto value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    void bytes(std::uint8_t* data, std::size_t size) {
        if (size > rest_.size()) throw CodecError("the event is cut short");
        std::memcpy(data, rest_.data(), size);
        rest_.remove_prefix(size);
    }
    /// Returns a count of elements that take at least one byte each.
    std::size_t count() {
        const auto value = number();
        if (value > rest_.size()) throw CodecError("a list is cut short");
        return value;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    int depth = 0;        ///< of nested values
    bool later = false;   ///< parts that older events do not have are still to be read
    bool latest = false;  ///< parts newer than those are still to be read

private:
    std::uint64_t long_number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto part = byte();
            // Each number has one encoding: no redundant last byte, nothing beyond 64 bits.
            if (shift == 63 && part > 1) throw CodecError("a number is too large");
            value |= std::uint64_t{part & 0x7fU} << shift;
            if (part < 0x80) {
                if (part == 0 && shift > 0) throw CodecError("a number has a redundant byte");
                return value;
            }
        }
        throw CodecError("a number is too long");
    }

    std::string_view rest_;
};

}  // namespace workflow::trail
