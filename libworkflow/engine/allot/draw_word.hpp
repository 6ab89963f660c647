#pragma once

/// The word that a provable draw follows from (workflow/draw.hpp).

#include <cstdint>
#include <span>
#include <string>

#include <workflow/draw.hpp>

namespace workflow::engine {

/// What a draw is about. Nothing in it can be varied to draw again: no time but the day, no number
/// of the case, which filing again would change, and no order of arrival.
struct DrawMatter {
    Date day;  ///< in UTC, of the moment of recording
    const ItemId& item;
    const PersonId& applicant;
    const StepId& step;
    TaskNumber task{};
    const std::vector<OfficerId>& candidates;  ///< sorted
};

/// The bytes that the shares are computed over: each part with its length before it.
std::string message_of(const DrawMatter& matter);

/// The first eight bytes, the highest first, of all shares laid over each other by exclusive or: it
/// is unknown to whoever does not know every one of them.
std::uint64_t word_of(std::span<const Digest> shares);

/// The day whose keys a draw uses that is recorded at `recorded`.
Date draw_day(Instant recorded);

}  // namespace workflow::engine
