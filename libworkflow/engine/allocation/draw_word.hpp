#pragma once

/// What a draw that can be proved follows from (workflow/draw.hpp, docs/formats/draw.md).

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include <workflow/draw.hpp>

namespace workflow::engine {

/// What a draw by rank, or of a sample, is about. Nothing in it can be varied to draw again.
struct DrawMatter {
    Date keyed_on;  ///< whose keys: the day of the matter's first filing
    const ItemId& item;
    const std::string& person;  ///< normalised, or an alias
    const StepId& step;
    std::uint32_t round = 0;  ///< how often the matter was decided before
};

/// The bytes that the shares are computed over.
std::string message_of(const DrawMatter& matter);

/// All shares laid over each other by exclusive or: unknown to whoever does not know every one.
Digest seed_of(std::span<const Digest> shares);

/// The first eight bytes, the highest first: what the event keeps of a seed. The rest, which the
/// ranks need, stays with those who hold the keys.
std::uint64_t word_of(const Digest& seed);

/// The index of the candidate with the highest rank. An officer's rank follows from the seed and
/// the officer alone, so leaving others out changes nothing; of weight w, it is the highest of w
/// hashes. There is at least one candidate; no weights: each has 1.
std::size_t highest_ranked(const Digest& seed, std::span<const OfficerId> candidates,
                           std::span<const std::uint32_t> weights);

/// What a draw by one word over all candidates was about: the rule of trails before ranks.
struct WordMatter {
    Date day;  ///< in UTC, of the moment of recording
    const ItemId& item;
    const PersonId& applicant;  ///< or an alias
    const StepId& step;
    TaskNumber task{};                            ///< none: the draw of a sample
    std::span<const OfficerId> candidates;        ///< sorted
    std::span<const std::uint32_t> weights = {};  ///< by candidate; none: all alike
};
std::string message_of(const WordMatter& matter);

/// Each part with its length before it.
std::string parts_of(std::initializer_list<std::string_view> parts);

/// What binds a draw to the parties' keys: SHA-256 over the fingerprints that they have published
/// of the day's, one after the other in the parties' order.
Digest keys_of(std::span<const Digest> fingerprints);

/// What stands for a person in draws where their id is sealed, by the store's number for them: it
/// outlives their erasure, and nobody finds the id by trying.
PersonId alias_of(std::int64_t person);

/// The day, in UTC, of what is recorded at `recorded`.
Date draw_day(Instant recorded);

}  // namespace workflow::engine
