#pragma once

/// Internal to patterns: the parsed form of a pattern before it becomes a program.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pattern_program.hpp"

namespace workflow::feel::pattern {

struct Node {
    enum class Kind : std::uint8_t {
        nothing,
        character,  // `number`
        one_of,     // the class `number`
        row,        // the parts in sequence
        choice,     // one of the parts
        group,      // the part as group `number`
        repeat,     // the part, `least` to `most` times
        reference,  // to group `number`
        assertion,  // `number` is its Operation
    } kind = Kind::nothing;
    std::uint32_t number = 0;
    std::uint32_t least = 0, most = 0;
    bool lazy = false;
    bool may_be_empty = true;
    std::vector<Node> parts;
};

inline constexpr std::uint32_t without_end = static_cast<std::uint32_t>(-1);
struct Flags {
    bool every_character = false;  // s: a dot also matches line ends
    bool lines = false;            // m
    bool any_case = false;         // i
    bool blanks = false;           // x: spaces are ignored
    bool literal = false;          // q
};

/// Parses a pattern (XQuery and XPath Functions 3.1, section 5.6). Adds its classes and groups to
/// `program`. Returns no value if it is not a pattern.
std::optional<Node> read_tree(std::string_view text, const Flags& flags, Program& program);

}  // namespace workflow::feel::pattern
