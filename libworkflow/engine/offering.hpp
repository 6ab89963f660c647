#pragma once

/// What happens when the tokens have come to rest: tasks are cancelled, offered and drawn, the case
/// is accepted, its clocks run (clocks.hpp), timers are armed, the case ends.

#include <span>

#include "draft.hpp"

namespace workflow::engine {

/// What the command's act brings to the resting point.
struct Arrival {
    process::Parties parties;
    const HallId& hall;
    process::MemberMask performed = 0;                 ///< by the acting officer
    process::PlaceIndex performed_at = process::none;  ///< the place of the task they completed
    bool accepts = false;
    bool deemed = false;                ///< ... because nobody answered in time (R5)
    std::optional<Limit> extends = {};  ///< by approval (R10)
};

/// Adds the events that follow from the draft's marking. Never refuses.
void arrive(Draft& draft, const Arrival& arrival);

/// How an open task is drawn again.
struct Redraw {
    process::Parties parties;
    std::span<const OfficerId> returned;  ///< returned it: left out
    bool widened = false;                 ///< among the officers of every section and hall
    bool small_pool = false;              ///< from however few are left
};
/// Returns the current parameters of the task in the case.
Redraw redraw_of(const Draft& draft, const Task& task);

/// Draws for an open task again. Returns false when nobody could be drawn. The task is then shown
/// as work of the post that chooses a way out.
bool draw_again(Draft& draft, const Task& task, const Redraw& how);

/// Returns the post whose officers choose the way out of a task that nobody can take: the
/// organization's, or `supervisor`, which means the supervisors where no post has that name.
PostId stranded_post(const definition::Organization& organization);

}  // namespace workflow::engine
