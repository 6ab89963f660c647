#pragma once

/// Every marking that a net can reach, one by one, breadth first, so that ways to them are
/// shortest.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "net.hpp"

namespace workflow::verify {

class StateSpace {
public:
    using State = std::uint32_t;
    struct Edge {
        State from = 0, to = 0;
        TransitionIndex by = 0;
    };
    /// A marking in which a place that holds at most one token got another.
    struct Overflow {
        State from = 0;
        TransitionIndex by = 0;
        PlaceIndex place = 0;
    };

    /// Explores until all is known or `most` markings are, after an overflow some thousand more. A
    /// place takes up to 15 tokens; what would bring more is not followed.
    StateSpace(const Net& net, std::size_t most);

    /// Was everything followed?
    [[nodiscard]] bool complete() const { return complete_; }
    /// Of so many states, the first ones, everything was.
    [[nodiscard]] std::size_t followed() const { return followed_; }
    [[nodiscard]] std::size_t size() const { return parents_.size(); }
    [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }  ///< by `from`
    [[nodiscard]] const std::optional<Overflow>& overflow() const { return overflow_; }
    [[nodiscard]] std::span<const std::uint8_t> marking(State state) const;
    /// Is the run complete there?
    [[nodiscard]] bool is_final(State state) const;
    /// The transitions that lead from the beginning to `state`, as few as there can be.
    [[nodiscard]] std::vector<TransitionIndex> trace(State state) const;

private:
    void explore(std::size_t most);
    void follow(State from, TransitionIndex by);
    [[nodiscard]] bool enabled(const Transition& transition, const std::uint8_t* marking) const;
    State find_or_add();

    const Net& net_;
    std::size_t width_;
    std::vector<std::uint8_t> markings_;  // one after the other
    std::vector<std::uint8_t> next_;      // the marking that is being made
    std::vector<Edge> parents_;           // by state: the edge it was found by
    std::vector<Edge> edges_;
    std::vector<State> table_;  // by hash; open addressing
    std::optional<Overflow> overflow_;
    std::size_t followed_ = 0;
    bool complete_ = true;
};

}  // namespace workflow::verify
