#pragma once

/// Determines with which outcomes an officer may end a task now.

#include <vector>

#include <workflow/reader.hpp>

#include "transaction.hpp"

namespace workflow::shell {

/// Implements Reader::outcomes. Decides without writing.
Expected<std::vector<PossibleOutcome>> possible_outcomes(Transaction& unit,
                                                         const CaseNumber& number, TaskNumber task,
                                                         const OfficerId& officer,
                                                         const CompletionDraft& draft);

}  // namespace workflow::shell
