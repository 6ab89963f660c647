#pragma once

/// The templates of Declare as small automata over finite runs.

#include <cstdint>

#include "../definition/guarantee.hpp"

namespace workflow::verify {

/// Follows one guarantee through one run. `separated` and `reasoned` do not depend on the order of
/// activities and have no automaton.
class Declare {
public:
    using State = std::uint8_t;
    static constexpr State start = 0;
    static constexpr State broken = 15;  ///< the guarantee is violated, whatever follows
    static constexpr std::size_t states = 16;

    explicit Declare(const definition::Guarantee& guarantee)
        : holds_(guarantee.holds), count_(static_cast<State>(guarantee.count)) {}

    /// Returns the state after an activity that is the first one of the guarantee, the second, both
    /// or neither.
    [[nodiscard]] State after(State state, bool first, bool second) const;
    /// Returns whether the guarantee holds for a run that ends in this state.
    [[nodiscard]] bool holds(State state) const;
    /// Returns whether the order of all activities matters, not only of those that the guarantee
    /// names.
    [[nodiscard]] bool sees_all() const;

private:
    definition::Template holds_;
    State count_;
};

}  // namespace workflow::verify
