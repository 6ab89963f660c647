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

/// A smaller net of the same verdict: whether every run can be completed, whether a place ever gets
/// a second token, whether a node is dead, and how often an end is gone through. Places and
/// transitions in a row become one, and those that do the same (Murata, "Petri nets: properties,
/// analysis and applications", 1989, section V.A; fusion of transitions only where something comes
/// after, so that a second token stays visible). Parts with weights, inhibitors or resets are left
/// as they are. Nodes keep their numbers; one that became part of another has no transition of its
/// own any more.
/// The arcs of `net` are joined (join_arcs).
Net reduced(const Net& net);

/// What the parts of a reduced net were before.
class Origins {
public:
    /// What fires in the whole net where `way` does in the reduced one; nothing where that is more
    /// than can be told.
    [[nodiscard]] std::optional<std::vector<TransitionIndex>> way(
        const std::vector<TransitionIndex>& way) const;
    /// By transition of the whole net: can it fire, where those of the reduced one in `fired` can?
    [[nodiscard]] std::vector<bool> living(const std::vector<bool>& fired) const;

    std::vector<PlaceIndex> places;  ///< by place that is left

private:
    friend class Reduction;
    using Row = std::uint32_t;
    static constexpr Row nothing = std::numeric_limits<Row>::max();

    std::size_t whole_ = 0;                   // transitions of the whole net, which are rows
    std::vector<std::pair<Row, Row>> pairs_;  // rows of two rows, numbered behind those
    std::vector<Row> rows_;                   // by transition that is left: what it fires
    std::vector<Row> with_;                   // by transition that is left: what lives with it
};

/// The same, and tells what its parts were.
Net reduced(const Net& net, Origins& origins);

}  // namespace workflow::verify
