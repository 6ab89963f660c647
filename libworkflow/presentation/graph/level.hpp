#pragma once

/// The layout of one level of nesting: the whole chart without the contents of its regions, or the
/// contents of one region.

#include <vector>

#include "layout.hpp"

namespace workflow::presentation {

/// Converts a number to an index of a vector.
inline std::size_t index(int i) {
    return static_cast<std::size_t>(i);
}

struct Vertex {
    enum class Kind : std::uint8_t { box, fork, join, exit_up, exit_down, bend, label };
    Kind kind = Kind::box;
    int node = nowhere;                      ///< of the chart, for boxes
    int arrow = nowhere;                     ///< of the chart, for exits, bends and labels
    double left = 0, right = 0, height = 0;  ///< extents from `x`
    int layer = 0;  ///< boxes, bars and exits; a label lies between two layers
    int rank = 0;
    double x = 0, y = 0;  ///< y: the top
};

/// An arrow on this level, from the upper to the lower vertex through bends and a label.
struct Run {
    int arrow = nowhere;
    bool reversed = false;  ///< the arrow points upward
    double weight = 1;
    std::vector<int> chain;  ///< vertices, one a rank
    /// Where the run must meet its ends, from their `x`, if they are regions that it leaves from
    /// inside.
    std::optional<double> fixed_upper, fixed_lower;
};

/// Weight of the runs of the main line, which is drawn straight.
inline constexpr double main_line = 4000;

struct Level {
    std::vector<Vertex> vertices;
    std::vector<Run> runs;
    std::vector<int> loops;               ///< arrows from a box to itself
    std::vector<std::vector<int>> ranks;  ///< vertices from left to right
};

/// Returns which arrows lead back, by a depth-first search from `start`: (from, to) by vertex.
std::vector<bool> back_edges(std::size_t vertices, const std::vector<std::pair<int, int>>& edges,
                             int start);
/// Returns the length of the longest path to each vertex over acyclic edges.
std::vector<int> longest_ways(std::size_t vertices, const std::vector<std::pair<int, int>>& edges);

/// Orders each rank so that few runs cross.
void order(Level& level);
/// Sets the `x` of each vertex: near its neighbours, with a straight main line and without
/// overlaps.
void place(Level& level);

/// Returns the least squares solution near `wanted` with each value at least `gaps[i]` right of the
/// one before it.
std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& weights,
                           const std::vector<double>& gaps);

}  // namespace workflow::presentation
