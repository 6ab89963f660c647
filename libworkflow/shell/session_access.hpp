#pragma once

/// What the library's own layers and tools read in a session beside what applications do.

#include <workflow/engine.hpp>

#include "case_cache.hpp"

namespace workflow::shell {

struct SessionAccess {
    /// The case replayed; nullptr when there is none. Good until the next call of the session.
    static const LiveCase* look(Engine::Session& session, const CaseNumber& number);
};

}  // namespace workflow::shell
