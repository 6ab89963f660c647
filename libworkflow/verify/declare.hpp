#pragma once

/// The templates of Declare as small automata over runs that come to an end.

#include <cstdint>

#include "../definition/guarantee.hpp"

namespace workflow::verify {

/// Follows one guarantee through one run. `separated` and `reasoned` speak of no order and have no
/// automaton.
class Declare {
public:
    using State = std::uint8_t;
    static constexpr State start = 0;
    static constexpr State broken = 15;  ///< whatever comes, it will not hold
    static constexpr std::size_t states = 16;

    explicit Declare(const definition::Guarantee& guarantee)
        : holds_(guarantee.holds), count_(static_cast<State>(guarantee.count)) {}

    /// After an act that is the first activity, the second, both or neither.
    [[nodiscard]] State after(State state, bool first, bool second) const;
    /// Does it hold of a run that ends there?
    [[nodiscard]] bool holds(State state) const;
    /// Does the order of all acts matter, and not only of those it speaks of?
    [[nodiscard]] bool sees_all() const;

private:
    definition::Template holds_;
    State count_;
};

}  // namespace workflow::verify
