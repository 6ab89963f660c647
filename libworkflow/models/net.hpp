#pragma once

/// The net that soundness is asked of: what items and models of other tools become. Data is left
/// out: a choice may go any way.

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

/// Sorts by place; several to one place become one of their weight.
void join_arcs(std::vector<Arc>& arcs);

struct Transition {
    std::vector<Arc> takes, gives;
    std::vector<PlaceIndex> empty;   ///< places that must have no token (inhibitor arcs)
    std::vector<PlaceIndex> clears;  ///< emptied when it fires, before `gives` (reset arcs)
    NodeIndex node = 0;              ///< the element of the model that it is a way through
};

/// A net with a marking to begin from. A run is complete when no token is left, or, where there are
/// `ends`, as soon as one of them has a token.
struct Net {
    struct Place {
        std::uint32_t tokens = 0;  ///< at the beginning
        /// It may keep its token when all is complete: a process that only a message starts.
        bool loose = false;
        /// It may hold several tokens: a counter of branches that are done, messages that wait.
        bool counts = false;
    };
    std::vector<Place> places;
    std::vector<Transition> transitions;
    std::vector<PlaceIndex> ends;
    /// By node: it is an end, through which a run goes at most once.
    std::vector<bool> end_nodes;

    PlaceIndex add_place(std::uint32_t tokens = 0) {
        places.push_back({tokens, false, false});
        return static_cast<PlaceIndex>(places.size() - 1);
    }
};

}  // namespace workflow::models
