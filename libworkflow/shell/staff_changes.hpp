#pragma once

/// Changes of the organization: each is an event of the store's journal, which is chained, counted
/// and signed like the events of cases.

#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// What Administration::change_staff does.
Expected<Answer> change_staff(Transaction& unit, ChangeStaff change, Actor actor, CommandKey key);
/// What Administration::confirm_staff does.
Expected<Answer> confirm_staff(Transaction& unit, const ConfirmStaff& asked, Actor actor,
                               CommandKey key);
/// What waits for a second person, oldest first.
std::vector<StaffProposal> proposals(Transaction& unit);

}  // namespace workflow::shell
