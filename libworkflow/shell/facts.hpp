#pragma once

/// Gathers the facts that `engine::decide` needs at the moment of a command.

#include <memory>

#include "../engine/decide.hpp"
#include "transaction.hpp"

namespace workflow::shell {

/// The circumstances of a command.
struct Asking {
    bool opening = false;  ///< it opens the case
    bool in_turn = false;  ///< the engine itself has found the task that is next
    /// Writes nothing, not even the secret that a store creates at its first draw.
    bool only_asked = false;
    /// The command before its texts were normalized, if that changed it.
    const Command* as_given = nullptr;
};

/// Facts with what they refer to. Valid as long as the transaction and the case.
struct GatheredFacts {
    engine::Facts facts;
    std::shared_ptr<const definition::Organization> at_reception;
};

/// Gathers the facts that are always needed, and functions that look up in `unit` what only some
/// commands need.
GatheredFacts gather_facts(Transaction& unit, const LiveCase& live, const Asking& asking);

}  // namespace workflow::shell
