#pragma once

/// The inputs from which a verifiable draw is derived (workflow/draw.hpp, docs/formats/draw.md).

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include <workflow/draw.hpp>

namespace workflow::engine {

/// The subject of a draw by rank, or of a sample. No part can be varied to repeat the draw.
struct DrawMatter {
    Date keyed_on;  ///< whose keys: the day of the matter's first filing
    const ItemId& item;
    const std::string& person;  ///< normalized, or an alias
    const StepId& step;
    std::uint32_t round = 0;  ///< number of earlier decisions in the matter
};

/// Returns the bytes from which the shares are computed.
std::string message_of(const DrawMatter& matter);

/// Returns the exclusive or of all shares, which nobody can compute without knowing every share.
Digest seed_of(std::span<const Digest> shares);

/// Returns the first eight bytes, big-endian, which the event keeps of a seed. The rest, which
/// ranks need, stays with the key holders.
std::uint64_t word_of(const Digest& seed);

/// Returns the index of the candidate with the highest rank. A rank depends only on the seed and
/// the officer, so excluding others does not change it. With weight w it is the highest of w
/// hashes. Needs at least one candidate. Without weights each has weight 1.
std::size_t highest_ranked(const Digest& seed, std::span<const OfficerId> candidates,
                           std::span<const std::uint32_t> weights);

/// The subject of a draw by one word over all candidates: the rule of trails older than ranks.
struct WordMatter {
    Date day;  ///< in UTC, of the moment of recording
    const ItemId& item;
    const PersonId& applicant;  ///< or an alias
    const StepId& step;
    TaskNumber task{};                            ///< 0: the draw of a sample
    std::span<const OfficerId> candidates;        ///< sorted
    std::span<const std::uint32_t> weights = {};  ///< by candidate; empty: all equal
};
std::string message_of(const WordMatter& matter);

/// Concatenates the parts, each preceded by its length.
std::string parts_of(std::initializer_list<std::string_view> parts);

/// Returns what binds a draw to the parties' keys: SHA-256 over their published fingerprints of the
/// day's keys, concatenated in the order of the parties.
Digest keys_of(std::span<const Digest> fingerprints);

/// Returns the alias of a person in draws where their id is encrypted, from the store's number of
/// them. It remains valid after erasure and does not allow the id to be found by guessing.
PersonId alias_of(std::int64_t person);

/// Returns the day, in UTC, of `recorded`.
Date draw_day(Instant recorded);

}  // namespace workflow::engine
