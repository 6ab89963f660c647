#pragma once

/// What happens when the tokens have come to rest: tasks are cancelled, offered and drawn, the case
/// is accepted, its clocks run (clocks.hpp), timers are armed, the case ends.

#include <span>

#include "draft.hpp"

namespace workflow::engine {

/// With what the command's act arrives there.
struct Arrival {
    process::Parties parties;
    const HallId& hall;
    process::MemberMask performed = 0;                 ///< by the acting officer
    process::PlaceIndex performed_at = process::none;  ///< the place of the task he completed
    bool accepts = false;
    bool deemed = false;                ///< ... since nobody has answered in time (R5)
    std::optional<Limit> extends = {};  ///< by approval (R10)
};

/// Adds what follows from the draft's marking. Never refuses.
void arrive(Draft& draft, const Arrival& arrival);

/// How an open task is drawn again.
struct Redraw {
    process::Parties parties;
    std::span<const OfficerId> returned;  ///< gave it back: left out
    bool widened = false;                 ///< among the officers of every section and hall
    bool small_pool = false;              ///< from whoever is left, however few
};
/// As it stands in the case.
Redraw redraw_of(const Draft& draft, const Task& task);

/// Draws for an open task again. False when nobody could be drawn: the task then shows as work of
/// the post that chooses a way out.
bool draw_again(Draft& draft, const Task& task, const Redraw& how);

/// The post whose officers choose the way out of a task that nobody can take: the organization's,
/// or `supervisor`, which stands for the supervisors where no post has that name.
PostId stranded_post(const definition::Organization& organization);

}  // namespace workflow::engine
