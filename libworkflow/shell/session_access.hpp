#pragma once

/// Gives the library's own layers and tools access to the internals of a session.

#include <workflow/engine.hpp>

#include "case_cache.hpp"

namespace workflow::shell {

struct SessionAccess {
    /// Returns the replayed case; nullptr if there is none. Valid until the next call of the
    /// session.
    static const LiveCase* look(Engine::Session& session, const CaseNumber& number);
};

}  // namespace workflow::shell
