#pragma once

/// What happens when the tokens have come to rest: tasks are cancelled, offered and drawn, the case
/// is accepted, clocks pause and run on, timers are armed, the case ends.

#include <span>

#include "draft.hpp"

namespace workflow::engine {

/// With what the command's act arrives there.
struct Arrival {
    const PersonId& applicant;
    const HallId& hall;
    process::MemberMask performed = 0;                 ///< by the acting officer
    process::PlaceIndex performed_at = process::none;  ///< the place of the task he completed
    bool accepts = false;
};

/// Adds what follows from the draft's marking. Never refuses.
void arrive(Draft& draft, const Arrival& arrival);

/// Draws for an open task again, those who gave it back left out.
void draw_again(Draft& draft, const Task& task, std::span<const OfficerId> returned);

}  // namespace workflow::engine
