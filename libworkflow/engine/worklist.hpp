#pragma once

/// The work list as a projection of the case. Pure, so that it can be rebuilt and compared.

#include <vector>

#include <workflow/ports.hpp>

#include "../definition/organization.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Returns the case's row. `key` and `head` are left empty for the store to fill.
CaseRow row_of(const process::Process& process, const Case& c);

/// Returns the rows of the case's open tasks, by number. `case_key` is left empty. For a post's
/// task without a holder, `barred` lists every officer excluded by separation of duty or because
/// they are the applicant. Tasks with a holder cannot be claimed.
std::vector<TaskRow> tasks_of(const process::Process& process,
                              const definition::Organization& organization, const Case& c);

/// Prefix of the keys of `next`, which names no case. The store finds them like those of commands
/// that open a case, and the trail alone shows which rows it has for them.
inline constexpr std::string_view next_prefix = "next:";
inline bool names_no_case(const CommandKey& key) {
    return key.text.starts_with(next_prefix);
}

/// Returns the queue of a step with tasks in turn (Allocation::round_robin).
std::string turns_at(const process::Process& process, const StepId& step);
/// Returns whose turn it was, by queue, in the events that led to `c`.
std::vector<std::pair<std::string, OfficerId>> turns_taken(const process::Process& process,
                                                           const Case& c, const Events& events);

}  // namespace workflow::engine
