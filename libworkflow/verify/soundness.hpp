#pragma once

/// Checks whether every run of a net reaches a proper end (van der Aalst, "Verification of workflow
/// nets", 1997). For nets that end with their last token, as BPMN models do, the end is the empty
/// marking.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../models/net.hpp"

namespace workflow::verify {

using models::Net;
using models::NodeIndex;
using models::PlaceIndex;
using models::TransitionIndex;

enum class Answer : std::uint8_t { no, yes, unknown };

struct Soundness {
    /// option to complete: an end can be reached from every marking
    Answer completes = Answer::unknown;
    Answer safe = Answer::unknown;    ///< no place ever holds two tokens
    Answer proper = Answer::unknown;  ///< no run passes an end twice
    Answer lively = Answer::unknown;  ///< no node is dead

    /// Returns whether the net is sound: it completes, no node is dead, and it is safe.
    [[nodiscard]] Answer sound() const;

    std::vector<NodeIndex> dead;  ///< sorted; only if all markings were examined
    /// the shortest path to a marking from which no completion can be reached
    std::vector<TransitionIndex> stuck;
    std::vector<PlaceIndex> stuck_at;  ///< the places that hold tokens in that marking
    /// the shortest path to a second token, including the transition that adds it
    std::vector<TransitionIndex> unsafe;
    PlaceIndex unsafe_place = 0;
    std::size_t states = 0;  ///< the number of examined markings
};

/// Examines at most `most` markings. A property that is not decided by then is unknown, never yes.
/// `nodes`: the number of nodes to which the transitions belong.
Soundness check_soundness(const Net& net, std::size_t nodes, std::size_t most = 1U << 21);

}  // namespace workflow::verify
