#pragma once

/// Finds the extent of a YAML scalar in its text. yaml-cpp reports where a scalar begins and its
/// value, but not where it ends.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace workflow::definition {

enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, block };

/// Bytes [begin, end): the content inside the quotes; for a block scalar, its first line of
/// content.
struct Extent {
    ScalarStyle style = ScalarStyle::plain;
    std::size_t begin = 0, end = 0;
};

/// Returns the extent of the scalar that begins at `begin` and has the value `value`.
Extent scalar_extent(std::string_view text, std::size_t begin, std::string_view value);

/// Returns `~`, `null` or a similar word if one begins at `begin`, or an empty text.
std::string_view null_word(std::string_view text, std::size_t begin);

/// Returns the position after tags and anchors that begin at `begin`.
std::size_t skip_properties(std::string_view text, std::size_t begin);

/// Returns the position after the bracket that closes the flow collection which begins at `begin`
/// and whose last value ends at `last`.
std::size_t flow_end(std::string_view text, std::size_t last, std::size_t begin);

}  // namespace workflow::definition
