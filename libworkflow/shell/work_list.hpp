#pragma once

/// Assigns work: finds the next task of an officer, and the officers who may do a task.

#include <optional>
#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// Implements Engine::next. Returns the same task again for the same key.
Expected<TaskView> next_task(Transaction& unit, const OfficerId& officer, const CommandKey& key);
/// Implements Session::tasks.
std::vector<TaskView> open_tasks(Transaction& unit, const CaseNumber& number);
/// Implements Session::eligible.
std::vector<OfficerId> eligible_officers(Transaction& unit, const CaseNumber& number,
                                         TaskNumber task, std::optional<Instant> happened);

}  // namespace workflow::shell
