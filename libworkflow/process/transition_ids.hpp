#pragma once
/// \file
/// Ids of transitions for trails. They depend on the author's text, not on the order in which a
/// release compiles it.

#include <string>

#include "net.hpp"

namespace workflow::process {

/// Returns the name of a transition:
///
///     STEP.OUTCOME          an outcome of a task
///     STEP.supplied         the applicant has supplied what a step waits for
///     STEP.after LIMIT      a timer: `review.after 30 workdays`
///     withdraw              the applicant withdraws
///     STEP -> STEP, ...     what fires by itself: where it comes from and leads to; `STEP.active`
///                           and `STEP.done` are the places of a parallel or a stage
std::string name_of(const Process& process, const Transition& transition);

/// Gives each transition its id, and fills `Process::transition_ids`. The id is FNV-1a (32 bits) of
/// the name, with the highest bit set. Appends ` #2`, ` #3` ... to a name that occurs again, in the
/// order of the text.
void identify_transitions(Process& process);

}  // namespace workflow::process
