#pragma once

/// Names what happens when a transition of an item fires, in the terms that guarantees use.

#include <string>
#include <vector>

#include "../definition/guarantee.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Returns whether the transition is an occurrence of the activity: an outcome, a supply, a limit
/// that runs out, a chosen branch, or the completion of a parallel step or stage.
bool is_act(const process::Process& process, workflow::TransitionIndex transition,
            const definition::Activity& activity);
/// Returns whether the transition leads to the end that the activity names.
bool is_end(const process::Process& process, workflow::TransitionIndex transition,
            const definition::Activity& activity);
/// Returns whether somebody or something acts at the transition, instead of only moving tokens.
bool is_visible(const process::Process& process, workflow::TransitionIndex transition);

/// Returns the end that the transition leads to, or `none`.
process::PlaceIndex end_after(const process::Process& process,
                              workflow::TransitionIndex transition);

/// Returns the name of the activity: `intake.accept`, `supplementing.supplied`, `way`.
std::string name_of(const process::Process& process, workflow::TransitionIndex transition);

/// Returns whether the item has the activity. Every item has an end, of any kind.
bool knows(const process::Process& process, const definition::Activity& activity);

/// Returns the names of the item's activities, for suggestions.
std::vector<std::string> activities_of(const process::Process& process);

}  // namespace workflow::verify
