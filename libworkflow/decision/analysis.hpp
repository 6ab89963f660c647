#pragma once

/// What a decision table says twice, contradictorily or not at all. Rules are boxes in the space of
/// the inputs (Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa, BPM 2016).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "axis.hpp"

namespace workflow::decision {

/// Where a rule applies: for each input, stretches of its axis.
using Box = std::vector<std::vector<Stretch>>;

/// What the tests of rules accept, as far as they say so by constants.
struct Cells {
    std::vector<Axis::Domain> domains;     ///< one an input
    std::vector<std::vector<Cell>> rules;  ///< of each rule, one an input
};

/// Rules as boxes over the same axes.
struct Grid {
    explicit Grid(const Cells& cells);

    std::vector<Axis> axes;
    std::vector<Box> boxes;
    std::vector<bool> known;  ///< by rule; false: some cell cannot be said, and is the whole axis
    std::vector<bool> known_inputs;  ///< by input; false: some rule's cell cannot be said
};

/// Two rules that both apply to `witness`, one segment an input.
struct Overlap {
    std::size_t first = 0, second = 0;
    std::vector<std::uint32_t> witness;
};
/// At most `limit` pairs, in the order of the rules.
std::vector<Overlap> find_overlaps(const Grid& grid, std::size_t limit);

struct Gaps {
    std::vector<std::vector<std::uint32_t>> witnesses;  ///< no rule applies to these
    bool complete = true;  ///< false: the search was cut short, there may be others
};
/// At most `limit` gaps, each in another part of the space. `disjoint`: no two rules overlap, which
/// makes it a matter of counting that there is none.
Gaps find_gaps(const Grid& grid, std::size_t limit, bool disjoint = false);

/// Whether `outer` applies wherever `inner` does.
bool covers(const Box& outer, const Box& inner);

/// The one input in which two boxes differ and could be joined; nothing when they differ in more.
std::optional<std::size_t> joinable(const Box& a, const Box& b);

}  // namespace workflow::decision
