#pragma once

/// Who is to do what: the next task of an officer, and who may do a task.

#include <optional>
#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// What Engine::next does. The same task again under the same key.
Expected<TaskView> next_task(Transaction& unit, const OfficerId& officer, const CommandKey& key);
/// What Session::tasks answers.
std::vector<TaskView> open_tasks(Transaction& unit, const CaseNumber& number);
/// What Session::eligible answers.
std::vector<OfficerId> eligible_officers(Transaction& unit, const CaseNumber& number,
                                         TaskNumber task, std::optional<Instant> happened);

}  // namespace workflow::shell
