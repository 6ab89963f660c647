#pragma once

/// Finds overlaps, contradictions and gaps of a decision table. Rules are boxes in the space of the
/// inputs (Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa, BPM 2016).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "axis.hpp"

namespace workflow::decision {

/// The inputs to which a rule applies: for each input, stretches of its axis.
using Box = std::vector<std::vector<Stretch>>;

/// The values that the tests of rules accept, as far as they use only constants.
struct Cells {
    std::vector<Axis::Domain> domains;     ///< one per input
    std::vector<std::vector<Cell>> rules;  ///< for each rule, one per input
};

/// Rules as boxes over the same axes.
struct Grid {
    explicit Grid(const Cells& cells);

    std::vector<Axis> axes;
    std::vector<Box> boxes;
    /// by rule; false: some cell is not constant and counts as the whole axis
    std::vector<bool> known;
    std::vector<bool> known_inputs;  ///< by input; false: the cell of some rule is not constant
};

/// Two rules that both apply to `witness`, which has one segment per input.
struct Overlap {
    std::size_t first = 0, second = 0;
    std::vector<std::uint32_t> witness;
};
/// Returns at most `limit` pairs, in the order of the rules.
std::vector<Overlap> find_overlaps(const Grid& grid, std::size_t limit);

struct Gaps {
    std::vector<std::vector<std::uint32_t>> witnesses;  ///< no rule applies to these inputs
    bool complete = true;  ///< false: the search was stopped, so there may be others
};
/// Returns at most `limit` gaps, each in another part of the space. `disjoint`: no two rules
/// overlap, so that counting is sufficient to prove that there is no gap.
Gaps find_gaps(const Grid& grid, std::size_t limit, bool disjoint = false);

/// Returns whether `outer` applies wherever `inner` does.
bool covers(const Box& outer, const Box& inner);

/// Returns the only input in which two boxes differ and could be joined; no value if they differ in
/// more than one.
std::optional<std::size_t> joinable(const Box& a, const Box& b);

}  // namespace workflow::decision
