#pragma once

/// The work list as a projection of the case: pure, so that it can be rebuilt and compared.

#include <vector>

#include <workflow/ports.hpp>

#include "../definition/organization.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// The case's row; `key` and `head` are the store's and are left empty.
CaseRow row_of(const process::Process& process, const Case& c);

/// The rows of the case's open tasks, by number; `case_key` is left empty. Of a post's task
/// that nobody holds, `barred` lists every officer whom separation, or being the applicant, keeps
/// from it; nobody can take the others.
std::vector<TaskRow> tasks_of(const process::Process& process,
                              const definition::Organization& organization, const Case& c);

/// Begins the keys of `next`, which names no case: the store finds them as it finds those of
/// commands that open a case, and the trail alone tells which rows it has for them.
inline constexpr std::string_view next_prefix = "next:";
inline bool names_no_case(const CommandKey& key) {
    return key.text.starts_with(next_prefix);
}

/// The queue of a step where tasks go round (Allocation::round_robin).
std::string turns_at(const process::Process& process, const StepId& step);
/// Whose turn it was, by queue, in the events that led to `c`.
std::vector<std::pair<std::string, OfficerId>> turns_taken(const process::Process& process,
                                                           const Case& c, const Events& events);

}  // namespace workflow::engine
