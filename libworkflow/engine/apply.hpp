#pragma once

/// Event to state. Total on every sequence that `decide` can bring about; throws ReplayError on one
/// that it cannot (a corrupt or forged trail).

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

/// The state after `events`.
Case replay(const process::Process& process, const Events& events);

}  // namespace workflow::engine
