#pragma once

/// Converts a chart to the vertices, runs and ranks of one level.

#include <map>

#include "level.hpp"

namespace workflow::presentation {

/// The size of a box, and where arrows from inside a region leave it (from its left).
struct BoxSize {
    double width = 0, height = 0;
    std::map<int, double> ports;  ///< by arrow
    double join_port = 0;         ///< where its `then` leaves
};

/// Returns the ancestor of `node` (or itself) that is directly in `region`; nowhere if it is
/// outside.
int lifted(const Chart& chart, int node, int region);

/// Sets `back` of the arrows whose ends meet in this level.
void mark_back(Chart& chart, int region);

/// `sizes` by node of the chart. The vertices of the result have no `x` yet.
Level build_level(const Chart& chart, int region, const std::vector<BoxSize>& sizes,
                  const std::vector<ArrowLayout>& arrows);

}  // namespace workflow::presentation
