#pragma once

/// Facade: what acts are answered.

#include <cstdint>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// What a command answered: the case, its version after the command, and the events it added. A
/// repeated key gives the first answer again, with `repeated` set.
struct Answer {
    CaseNumber number;
    Version version{};
    Events events;
    bool repeated = false;
    /// Cases that the engine opened with it: the follow-up of a negative rating. Not told again to
    /// a repeated key; their `about` names the case.
    std::vector<CaseNumber> opened = {};
    /// The number of each of `events` in its case, from 1; empty: they are the last ones up to
    /// `version`. A view leaves events out.
    std::vector<std::uint32_t> sequences = {};
};

}  // namespace workflow::inline v0
