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
    const PersonId& applicant;  ///< or his alias
    const StepId& step;
    TaskNumber task{};                            ///< none: the draw of a sample
    std::span<const OfficerId> candidates;        ///< sorted
    std::span<const std::uint32_t> weights = {};  ///< by candidate; none: all alike
};

/// The bytes that the shares are computed over: each part with its length before it.
std::string message_of(const DrawMatter& matter);

/// The first eight bytes, the highest first, of all shares laid over each other by exclusive or: it
/// is unknown to whoever does not know every one of them.
std::uint64_t word_of(std::span<const Digest> shares);

/// What binds a draw to the parties' keys: SHA-256 over the fingerprints that they have published
/// of the day's, one after the other in the parties' order.
Digest keys_of(std::span<const Digest> fingerprints);

/// What stands for a person in draws where his id is sealed, by the store's number for him: it
/// outlives his erasure, and nobody finds the id by trying.
PersonId alias_of(std::int64_t person);

/// The day whose keys a draw uses that is recorded at `recorded`.
Date draw_day(Instant recorded);

}  // namespace workflow::engine
