#pragma once

/// What happens when a transition of an item fires, in the words that guarantees use.

#include <string>
#include <vector>

#include "../definition/guarantee.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Is an act what the activity names: an outcome, a supply, a limit that runs out, a branch that is
/// chosen, or a parallel step or stage that is done?
bool is_act(const process::Process& process, workflow::TransitionIndex transition,
            const definition::Activity& activity);
/// Does it bring about the end that the activity names?
bool is_end(const process::Process& process, workflow::TransitionIndex transition,
            const definition::Activity& activity);
/// Somebody or something acts, and tokens are not only moved on.
bool is_visible(const process::Process& process, workflow::TransitionIndex transition);

/// The end that it comes to; none of them.
process::PlaceIndex end_after(const process::Process& process,
                              workflow::TransitionIndex transition);

/// `intake.accept`, `supplementing.supplied`, `way`.
std::string name_of(const process::Process& process, workflow::TransitionIndex transition);

/// Does the item have what is spoken of? Every item has an end, whatever its kind.
bool knows(const process::Process& process, const definition::Activity& activity);

/// The names that could have been meant.
std::vector<std::string> activities_of(const process::Process& process);

}  // namespace workflow::verify
