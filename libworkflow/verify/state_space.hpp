#pragma once

/// Every marking that a net can reach, one by one, breadth first, so that ways to them are
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
    /// A marking in which a place that holds at most one token got another.
    struct Overflow {
        State from = 0;
        TransitionIndex by = 0;
        PlaceIndex place = 0;
    };

    /// Explores until all is known or `most` markings are, after an overflow some thousand more. A
    /// place takes up to 15 tokens; what would bring more is not followed. The arcs of `net` are
    /// joined (join_arcs).
    StateSpace(const Net& net, std::size_t most);

    /// Was everything followed?
    [[nodiscard]] bool complete() const { return complete_; }
    /// Of so many states, the first ones, everything was.
    [[nodiscard]] std::size_t followed() const { return followed_; }
    [[nodiscard]] std::size_t size() const { return parents_.size(); }
    /// What leads on from there, by the number of the transition.
    [[nodiscard]] std::span<const Edge> edges(State from) const {
        return {edges_.data() + first_[from], first_[from + 1U] - first_[from]};
    }
    /// Did it fire somewhere?
    [[nodiscard]] bool fires(TransitionIndex transition) const { return fired_[transition]; }
    [[nodiscard]] const std::optional<Overflow>& overflow() const { return overflow_; }
    /// The places that hold tokens there.
    [[nodiscard]] std::vector<PlaceIndex> marked(State state) const;
    /// Is the run complete there?
    [[nodiscard]] bool is_final(State state) const { return packed_.is_final(words_of(state)); }
    /// The transitions that lead from the beginning to `state`, as few as there can be.
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
    std::vector<Word> markings_;   // one after the other
    std::vector<Parent> parents_;  // by state: how it was found
    std::vector<Edge> edges_;
    std::vector<std::size_t> first_;    // by state: the first of its edges
    std::vector<std::uint64_t> table_;  // half of a hash and a state; open addressing
    unsigned shift_ = 0;                // a hash without its lower bits is a place in the table
    std::vector<bool> fired_;
    std::optional<Overflow> overflow_;
    std::size_t most_ = 0, followed_ = 0;
    bool complete_ = true;
    // What leads on from one marking, all together, so that memory is waited for once.
    std::vector<TransitionIndex> ready_;
    std::vector<Word> next_;
    std::vector<std::uint64_t> hashes_;
};

}  // namespace workflow::verify
