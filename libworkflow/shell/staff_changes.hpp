#pragma once

/// Changes of the organization: each is an event of the store's journal, which is chained, counted
/// and signed like the events of cases.

#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// Implements Administration::change_staff.
Expected<Answer> change_staff(Transaction& unit, ChangeStaff change, Actor actor, CommandKey key);
/// Implements Administration::confirm_staff.
Expected<Answer> confirm_staff(Transaction& unit, const ConfirmStaff& asked, Actor actor,
                               CommandKey key);
/// Returns the proposals that wait for a second person, oldest first.
std::vector<StaffProposal> proposals(Transaction& unit);

}  // namespace workflow::shell
