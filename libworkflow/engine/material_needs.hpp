#pragma once

/// Which materials a case needs, and in which words their state is told.

#include <span>
#include <string>

#include "../calendar/working_days.hpp"
#include "../feel/expression.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Does the case need the material, by what the item says: the authority of an agent only where
/// there is one, and others unless their condition is false? A condition without an answer asks for
/// it.
bool is_needed(const process::MaterialInfo& info, std::span<const Value> fields,
               const feel::Moment& moment, bool by_proxy);

/// `provided`, `committed`; of one that is not there: `not needed`, `to be fetched` (the hall does
/// that), `later` (it may be brought after acceptance), `owed since DAY` (later, and accepted then;
/// with `, due DAY` where the item says within what time) or `missing`.
std::string state_of_material(const process::Process& process, const Case& c, std::size_t index,
                              const WorkingDays& calendar, const feel::Moment& moment);

/// Is the material of that state owed?
bool is_owed(std::string_view state);

}  // namespace workflow::engine
