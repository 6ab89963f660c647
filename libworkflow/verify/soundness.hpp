#pragma once

/// Is every run of a net sure to come to a proper end? (van der Aalst, "Verification of workflow
/// nets", 1997; for nets that end by their last token, as BPMN models do, an end is the empty
/// marking.)

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
    Answer completes = Answer::unknown;  ///< option to complete: from every marking there is a way
    Answer safe = Answer::unknown;       ///< no place ever holds two tokens
    Answer proper = Answer::unknown;     ///< no end is gone through twice in one run
    Answer lively = Answer::unknown;     ///< no node is dead

    /// Sound: it completes, no node is dead, and it is safe.
    [[nodiscard]] Answer sound() const;

    std::vector<NodeIndex> dead;          ///< sorted; where all markings were looked at
    std::vector<TransitionIndex> stuck;   ///< the shortest way to where no completion is left
    std::vector<PlaceIndex> stuck_at;     ///< the places that hold tokens there
    std::vector<TransitionIndex> unsafe;  ///< the shortest way to a second token, that one included
    PlaceIndex unsafe_place = 0;
    std::size_t states = 0;  ///< markings that were looked at
};

/// Looks at no more than `most` markings; what is not decided by then is unknown, never yes.
/// `nodes`: how many the transitions speak of.
Soundness check_soundness(const Net& net, std::size_t nodes, std::size_t most = 1U << 21);

}  // namespace workflow::verify
