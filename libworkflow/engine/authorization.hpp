#pragma once

/// Identifies the actor and checks whether they may act.

#include <functional>
#include <optional>

#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Refuses an officer who is a party to the case: applicant_is_officer, recused.
std::optional<Refusal> party(process::Parties parties, const definition::Officer& officer);

/// Finds the acting officer and stores them in the draft. Refuses unknown_officer, absent, and
/// applicant_is_officer or recused, because staff take no part in their own case.
std::optional<Refusal> know_actor(Draft& draft);
/// Does the same for an act that only officers may perform. Refuses the applicant and the engine
/// with unknown_officer.
std::optional<Refusal> know_officer(Draft& draft);

/// Returns the open task, or refuses unknown_task.
Expected<const Task*> find_task(const Draft& draft, TaskNumber number);

/// Refuses off_shift: an officer gets no new work on a day on which their shift has no hours. They
/// may continue tasks they hold.
std::optional<Refusal> on_shift(const Draft& draft, const definition::Officer& officer);

/// Checks whether `officer` may perform the task now: post, hall, qualification, presence, then
/// separation of duty. For a task that they do not hold yet, also checks their shift and whether
/// they are needed later. Returns the post. Every way of holding a task passes this check:
/// claiming, completing without a claim, delegation and reassignment.
Expected<PostId> admit(const Draft& draft, const Task& task, const definition::Officer& officer);

/// Refuses the acting officer unless they may decide as a supervisor of the case's hall:
/// not_supervisor, second_person. Where nobody in the hall may, a supervisor of any hall may.
/// `kept_out`: those who may not, because they are concerned.
std::optional<Refusal> supervises(const Draft& draft,
                                  const std::function<bool(const definition::Officer&)>& kept_out);

/// Returns whether the person has performed, or held, one of the members in the case.
bool has_performed(const Draft& draft, const PersonId& person, process::MemberMask members);

}  // namespace workflow::engine
