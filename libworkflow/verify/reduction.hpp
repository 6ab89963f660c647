#pragma once

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "../models/net.hpp"

namespace workflow::verify {

using models::Net;
using models::PlaceIndex;
using models::TransitionIndex;

/// Returns a smaller net with the same verdict: whether every run can be completed, whether a place
/// ever gets a second token, whether a node is dead, and how often an end is passed. Merges places
/// and transitions in series, and those with the same effect (Murata, "Petri nets: properties,
/// analysis and applications", 1989, section V.A; transitions are fused only if something follows,
/// so that a second token remains visible). Leaves parts with weights, inhibitors or resets
/// unchanged. Nodes keep their numbers; a node that was merged into another has no transition of
/// its own any more.
/// The arcs of `net` must be joined (join_arcs).
Net reduced(const Net& net);

/// Maps the parts of a reduced net to the parts of the original net.
class Origins {
public:
    /// Returns the transitions that fire in the original net when those of `way` fire in the
    /// reduced net; no value if they are too many.
    [[nodiscard]] std::optional<std::vector<TransitionIndex>> way(
        const std::vector<TransitionIndex>& way) const;
    /// By transition of the original net: returns whether it can fire if the transitions of the
    /// reduced net in `fired` can.
    [[nodiscard]] std::vector<bool> living(const std::vector<bool>& fired) const;

    std::vector<PlaceIndex> places;  ///< by remaining place

private:
    friend class Reduction;
    using Row = std::uint32_t;
    static constexpr Row nothing = std::numeric_limits<Row>::max();

    // the number of transitions of the original net, each of which is a row
    std::size_t whole_ = 0;
    std::vector<std::pair<Row, Row>> pairs_;  // rows made of two rows, numbered after those
    std::vector<Row> rows_;                   // by remaining transition: what it fires
    std::vector<Row> with_;                   // by remaining transition: what can fire if it can
};

/// Reduces the net and records the origins of its parts.
Net reduced(const Net& net, Origins& origins);

}  // namespace workflow::verify
