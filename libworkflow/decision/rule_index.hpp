#pragma once

/// Finds the rules of a table that may apply to some inputs: for each input a bitmap of the rules,
/// looked up by the segment that contains its value (bitmap indexes: O'Neil and Quass, SIGMOD
/// 1997).

#include <bit>
#include <cstdint>
#include <vector>

#include "analysis.hpp"

namespace workflow::decision {

/// Immutable; may be used by several threads at once.
class RuleIndex {
public:
    RuleIndex() = default;
    explicit RuleIndex(const Grid& grid);

    /// The inputs that the index has settled: the visited rules accept them without a test.
    using Settled = std::vector<bool>;

    /// Calls `visit` with the numbers of all rules that may apply, and possibly of others, in their
    /// order, until it returns false.
    template <class Visit>
    void visit(const List& inputs, Visit&& visit) const {
        Settled settled(inputs.size());
        const auto bits = candidates(inputs, settled);
        for (std::size_t word = 0; word < bits.size(); ++word)
            for (auto left = bits[word]; left != 0; left &= left - 1) {
                const auto rule = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                if (!visit(rule, settled)) return;
            }
    }

private:
    using Bits = std::vector<std::uint64_t>;
    [[nodiscard]] Bits candidates(const List& inputs, Settled& settled) const;

    /// Neighbouring segments share a bitmap if there are many, so that the memory of a large table
    /// does not grow with the square of its rules.
    struct Column {
        Axis axis;
        std::uint32_t segments_a_bitmap = 1;
        bool exact = false;  ///< each bitmap has exactly the rules that accept its one segment
        Bits bitmaps;        ///< in sequence
    };
    std::size_t rules_ = 0, words_ = 0;
    std::vector<std::pair<std::size_t, Column>> columns_;  ///< with the number of the input
};

}  // namespace workflow::decision
