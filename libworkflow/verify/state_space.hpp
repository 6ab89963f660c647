#pragma once

/// Explores every marking that a net can reach, breadth first, so that the paths to them are
/// shortest.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "../models/net.hpp"
#include "packed_net.hpp"

namespace workflow::verify {

using models::Net;
using models::PlaceIndex;
using models::TransitionIndex;

class StateSpace {
public:
    using State = std::uint32_t;
    struct Edge {
        State to = 0;
        TransitionIndex by = 0;
    };
    /// A marking in which a place that may hold at most one token received another.
    struct Overflow {
        State from = 0;
        TransitionIndex by = 0;
        PlaceIndex place = 0;
    };

    /// Explores until all markings are known, or `most` are; after an overflow, some thousand more.
    /// A place holds at most 15 tokens; a firing that exceeds this is not followed. The arcs of
    /// `net` must be joined (join_arcs).
    StateSpace(const Net& net, std::size_t most);

    /// Returns whether every transition was followed.
    [[nodiscard]] bool complete() const { return complete_; }
    /// Returns the number of states, from the first, whose transitions were all followed.
    [[nodiscard]] std::size_t followed() const { return followed_; }
    [[nodiscard]] std::size_t size() const { return parents_.size(); }
    /// Returns the edges from a state, by the number of the transition.
    [[nodiscard]] std::span<const Edge> edges(State from) const {
        return {edges_.data() + first_[from], first_[from + 1U] - first_[from]};
    }
    /// Returns whether the transition fires in some marking.
    [[nodiscard]] bool fires(TransitionIndex transition) const { return fired_[transition]; }
    [[nodiscard]] const std::optional<Overflow>& overflow() const { return overflow_; }
    /// Returns the places that hold tokens in a state.
    [[nodiscard]] std::vector<PlaceIndex> marked(State state) const;
    /// Returns whether the run is complete in a state.
    [[nodiscard]] bool is_final(State state) const { return packed_.is_final(words_of(state)); }
    /// Returns a shortest sequence of transitions from the initial marking to `state`.
    [[nodiscard]] std::vector<TransitionIndex> trace(State state) const;

private:
    using Word = PackedNet::Word;
    struct Parent {
        State from = 0;
        TransitionIndex by = 0;
    };
    enum class Step : std::uint8_t { all, bound, no_room };

    bool explore(std::size_t most);
    Step follow(State from);
    std::optional<State> find_or_add(const Word* marking, std::uint64_t hash, Parent parent);
    void grow();
    [[nodiscard]] const Word* words_of(State state) const {
        return markings_.data() + state * packed_.words();
    }

    PackedNet packed_;
    std::vector<Word> markings_;   // the markings in sequence
    std::vector<Parent> parents_;  // by state: the edge by which it was found
    std::vector<Edge> edges_;
    std::vector<std::size_t> first_;    // by state: the first of its edges
    std::vector<std::uint64_t> table_;  // half of a hash and a state; open addressing
    unsigned shift_ = 0;                // a hash shifted by this is a position in the table
    std::vector<bool> fired_;
    std::optional<Overflow> overflow_;
    std::size_t most_ = 0, followed_ = 0;
    bool complete_ = true;
    // The transitions that can fire in one marking, collected so that memory is accessed in one
    // batch.
    std::vector<TransitionIndex> ready_;
    std::vector<Word> next_;
    std::vector<std::uint64_t> hashes_;
};

}  // namespace workflow::verify
