#pragma once

/// The pass-through draw (通岗通审, R24): every qualified officer on duty, whatever his section, has
/// the same chance; nobody picks.

#include <cstdint>
#include <span>

#include <workflow/event.hpp>

#include "../../definition/organization.hpp"
#include "../../process/net.hpp"
#include "../case_state.hpp"

namespace workflow::engine {

/// The draw for `task`: candidates and exclusions with their rules, sorted by id, and the officer at
/// `pick(entropy, candidates)`; nobody when there is no candidate.
TaskDrawn draw(const process::Process& process, const definition::Organization& organization, const Case& c,
               const Task& task, Date day, std::uint64_t entropy);

/// floor(entropy * n / 2^64): uniform up to a bias below n / 2^64.
std::size_t pick(std::uint64_t entropy, std::size_t n);

}  // namespace workflow::engine
