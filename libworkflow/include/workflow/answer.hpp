#pragma once

/// Facade: the answer to a command.

#include <cstdint>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The result of a command: the case, its version after the command, and the events that the
/// command added. A repeated key returns the first answer again, with `repeated` set.
struct Answer {
    CaseNumber number;
    Version version{};
    Events events;
    bool repeated = false;
    /// Cases that the engine opened with the command: the follow-up of a negative rating. Empty for
    /// a repeated key; the `about` of these cases names the case.
    std::vector<CaseNumber> opened = {};
    /// The number of each of `events` in its case, from 1. Empty: the events are the last ones up
    /// to `version`. A view omits events.
    std::vector<std::uint32_t> sequences = {};
};

}  // namespace workflow::inline v0
