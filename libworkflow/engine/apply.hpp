#pragma once

/// Event to state. Defined for every sequence that `decide` can produce. Throws ReplayError for any
/// other (a corrupt or forged trail).

#include <stdexcept>

#include <workflow/event.hpp>

#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

class ReplayError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

void apply(const process::Process& process, Case& c, const Event& event);

/// Returns the state after `events`.
Case replay(const process::Process& process, const Events& events);

}  // namespace workflow::engine
