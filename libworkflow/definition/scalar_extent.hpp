#pragma once

/// Where a YAML scalar stands in its text: yaml-cpp tells where it begins and what it means, not
/// where it ends.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace workflow::definition {

enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, block };

/// Bytes [begin, end): inside the quotes; of a block scalar its first line of content.
struct Extent {
    ScalarStyle style = ScalarStyle::plain;
    std::size_t begin = 0, end = 0;
};

/// The extent of the scalar that begins at `begin` and means `value`.
Extent scalar_extent(std::string_view text, std::size_t begin, std::string_view value);

/// `~`, `null` and the like when one of them stands at `begin`, or nothing.
std::string_view null_word(std::string_view text, std::size_t begin);

/// The place after tags and anchors that begin at `begin`.
std::size_t skip_properties(std::string_view text, std::size_t begin);

/// One past the bracket that closes the flow collection which begins at `begin` and whose last
/// value ends at `last`.
std::size_t flow_end(std::string_view text, std::size_t last, std::size_t begin);

}  // namespace workflow::definition
