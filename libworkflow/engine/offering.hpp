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

/// Draws for an open task again, those who gave it back left out.
void draw_again(Draft& draft, const Task& task, std::span<const OfficerId> returned);

}  // namespace workflow::engine
