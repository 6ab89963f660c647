#include "rule_index.hpp"

#include <algorithm>

namespace workflow::decision {
namespace {

/// Smaller tables are faster without an index.
constexpr std::size_t fewest_rules = 8;
constexpr std::uint32_t most_bitmaps = 512;

}  // namespace

RuleIndex::RuleIndex(const Grid& grid)
    : rules_(grid.boxes.size()), words_((grid.boxes.size() + 63) / 64) {
    if (rules_ < fewest_rules) return;
    for (std::size_t input = 0; input < grid.axes.size(); ++input) {
        const auto& axis = grid.axes[input];
        if (!axis.can_be_searched() || axis.size() < 2) continue;
        Column column{axis, (axis.size() + most_bitmaps - 1) / most_bitmaps, false, {}};
        column.exact = column.segments_a_bitmap == 1 && grid.known_inputs[input];
        const auto bitmaps =
            (axis.size() + column.segments_a_bitmap - 1) / column.segments_a_bitmap;
        column.bitmaps.resize(bitmaps * words_);
        for (std::size_t rule = 0; rule < rules_; ++rule)
            for (const auto& stretch : grid.boxes[rule][input])
                for (auto i = stretch.first / column.segments_a_bitmap;
                     i <= stretch.last / column.segments_a_bitmap; ++i)
                    column.bitmaps[i * words_ + rule / 64] |= std::uint64_t{1} << (rule % 64);
        columns_.emplace_back(input, std::move(column));
    }
}

RuleIndex::Bits RuleIndex::candidates(const List& inputs, Settled& settled) const {
    Bits bits(words_, ~std::uint64_t{0});
    if (rules_ % 64 != 0) bits.back() = (std::uint64_t{1} << (rules_ % 64)) - 1;
    for (const auto& [input, column] : columns_) {
        const auto segment = column.axis.segment_of(inputs[input]);
        if (!segment) continue;
        settled[input] = column.exact;
        const auto* bitmap = &column.bitmaps[*segment / column.segments_a_bitmap * words_];
        for (std::size_t word = 0; word < words_; ++word) bits[word] &= bitmap[word];
    }
    return bits;
}

}  // namespace workflow::decision
