#pragma once

/// Who acts, and whether he may.

#include <functional>
#include <optional>

#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Refuses an officer who has a side in the matter: applicant_is_officer, recused.
std::optional<Refusal> party(process::Parties parties, const definition::Officer& officer);

/// Finds the acting officer and puts him into the draft. Refuses unknown_officer, absent, and
/// applicant_is_officer or recused: staff take no part in their own case.
std::optional<Refusal> know_actor(Draft& draft);
/// The same for an act that is an officer's only: the applicant and the engine are refused
/// unknown_officer.
std::optional<Refusal> know_officer(Draft& draft);

/// The open task, or unknown_task.
Expected<const Task*> find_task(const Draft& draft, TaskNumber number);

/// Refuses off_shift: on a day without hours of his shift `officer` is given no work. What he holds
/// he may go on with.
std::optional<Refusal> on_shift(const Draft& draft, const definition::Officer& officer);

/// May `officer` perform the task now: post, hall, qualification, presence, then separation, and,
/// of what he does not hold yet, his shift and whether he is needed later?
/// Answers the post. The one gate to holding a task by claim, completion in passing, delegation and
/// reassignment.
Expected<PostId> admit(const Draft& draft, const Task& task, const definition::Officer& officer);

/// Refuses the acting officer unless they may decide as a supervisor of the case's hall:
/// not_supervisor, second_person. Where nobody in the hall may, a supervisor of any hall may.
/// `kept_out`: who may not, being one of those concerned.
std::optional<Refusal> supervises(const Draft& draft,
                                  const std::function<bool(const definition::Officer&)>& kept_out);

/// Has the person performed, or held, one of the members in the case?
bool has_performed(const Draft& draft, const PersonId& person, process::MemberMask members);

}  // namespace workflow::engine
