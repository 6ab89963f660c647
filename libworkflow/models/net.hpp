#pragma once

/// The net whose soundness is checked. Items and models of other tools are converted to it. It has
/// no data: a choice may take any branch.

#include <cstdint>
#include <vector>

namespace workflow::models {

using PlaceIndex = std::uint32_t;
using TransitionIndex = std::uint32_t;
using NodeIndex = std::uint32_t;

struct Arc {
    PlaceIndex place = 0;
    std::uint32_t weight = 1;
    friend bool operator==(const Arc&, const Arc&) = default;
};

/// Sorts the arcs by place; merges several arcs to one place into one arc with the sum of their
/// weights.
void join_arcs(std::vector<Arc>& arcs);

struct Transition {
    std::vector<Arc> takes, gives;
    std::vector<PlaceIndex> empty;   ///< places that must have no token (inhibitor arcs)
    std::vector<PlaceIndex> clears;  ///< places that firing empties, before `gives` (reset arcs)
    NodeIndex node = 0;              ///< the element of the model to which the transition belongs
};

/// A net with an initial marking. A run is complete when no token is left, or, if there are `ends`,
/// as soon as one of them has a token.
struct Net {
    struct Place {
        std::uint32_t tokens = 0;  ///< in the initial marking
        /// The place may keep its token in a complete run: a process that only a message starts.
        bool loose = false;
        /// The place may hold several tokens: a counter of completed branches, or waiting messages.
        bool counts = false;
    };
    std::vector<Place> places;
    std::vector<Transition> transitions;
    std::vector<PlaceIndex> ends;
    /// By node: whether it is an end, which a run passes at most once.
    std::vector<bool> end_nodes;

    PlaceIndex add_place(std::uint32_t tokens = 0) {
        places.push_back({tokens, false, false});
        return static_cast<PlaceIndex>(places.size() - 1);
    }
};

}  // namespace workflow::models
