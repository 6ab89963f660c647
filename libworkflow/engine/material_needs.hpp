#pragma once

/// Which materials a case needs, and how their state is described.

#include <span>
#include <string>

#include "../calendar/working_days.hpp"
#include "../feel/expression.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Returns whether the case needs the material. Proof of an agent's authority is needed only with
/// an agent. Other materials are needed unless their condition is false. A condition without a
/// result counts as true.
bool is_needed(const process::MaterialInfo& info, std::span<const Value> fields,
               const feel::Moment& moment, bool by_proxy);

/// Returns `provided` or `committed`, or for a missing material: `not needed`, `to be fetched` (by
/// the hall), `later` (may be supplied after acceptance), `owed since DAY` (later, and the case is
/// accepted; with `, due DAY` where the item sets a limit) or `missing`.
std::string state_of_material(const process::Process& process, const Case& c, std::size_t index,
                              const WorkingDays& calendar, const feel::Moment& moment);

/// Returns whether a material in that state is owed.
bool is_owed(std::string_view state);

}  // namespace workflow::engine
