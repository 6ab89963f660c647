#pragma once

/// What `engine::decide` is told of the world at the moment of a command.

#include <memory>

#include "../engine/decide.hpp"
#include "transaction.hpp"

namespace workflow::shell {

/// How a command came.
struct Asking {
    bool opening = false;  ///< it opens the case
    bool in_turn = false;  ///< the engine itself has found the task that is next
    /// Nothing is written, not even the secret that a store makes for itself at its first draw.
    bool only_asked = false;
    /// The command before its texts were normalized, where that changed it.
    const Command* as_given = nullptr;
};

/// Facts with what they refer to. Good for as long as the unit of work and the case are.
struct GatheredFacts {
    engine::Facts facts;
    std::shared_ptr<const definition::Organization> at_reception;
};

/// Gathers what is known at once, and how to look up in `unit` what only some commands need.
GatheredFacts gather_facts(Transaction& unit, const LiveCase& live, const Asking& asking);

}  // namespace workflow::shell
