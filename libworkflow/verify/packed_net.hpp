#pragma once

/// A net whose markings are a few machine words: one bit per place, which states whether it has a
/// token, and four more bits for each place that may hold several tokens.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "../models/net.hpp"

namespace workflow::verify {

using models::Arc;
using models::Net;
using models::PlaceIndex;
using models::Transition;
using models::TransitionIndex;

class PackedNet {
public:
    using Word = std::uint64_t;
    static constexpr std::uint32_t most_tokens = 15;
    static constexpr PlaceIndex nowhere = std::numeric_limits<PlaceIndex>::max();

    /// `all_count`: every place may hold several tokens, not only those with `counts`. The arcs
    /// must be joined (join_arcs). Keeps a reference to `net`.
    PackedNet(const Net& net, bool all_count);

    [[nodiscard]] std::size_t words() const { return words_; }
    [[nodiscard]] bool all_count() const { return all_count_; }
    [[nodiscard]] bool has_ends() const { return !net_->ends.empty(); }
    /// Returns the initial marking, or no value if a place has more tokens than can be counted.
    [[nodiscard]] std::optional<std::vector<Word>> start() const;
    [[nodiscard]] bool is_final(const Word* marking) const;
    [[nodiscard]] std::vector<PlaceIndex> marked(const Word* marking) const;

    /// Finds the transitions that can fire, sorted.
    void find_ready(const Word* marking, std::vector<TransitionIndex>& ready) const;

    enum class Fired : std::uint8_t {
        cleanly,
        twice,     ///< `place`, which should hold at most one token, received another
        too_many,  ///< more tokens than can be counted: `to` is invalid
    };
    /// Fires a transition that can fire. Sets `place` if a place received a second token that it
    /// should not hold; if not all places count, `to` is then invalid.
    Fired fire(const Word* from, TransitionIndex by, Word* to, PlaceIndex& place) const;

private:
    /// The condition of a transition on one word, and its effect on that word.
    struct Part {
        std::uint32_t word = 0;
        Word needs = 0, bars = 0, drops = 0, gives = 0;
    };
    /// The first parts and arcs of a transition; they end where those of the next one begin.
    struct Begins {
        std::uint32_t parts = 0, takes = 0, clears = 0, gives = 0;
    };
    static constexpr std::uint32_t one = std::numeric_limits<std::uint32_t>::max();

    void add(const Transition& transition);
    Part& part_of(PlaceIndex place, std::uint32_t first);
    [[nodiscard]] bool can_fire(const Word* marking, TransitionIndex by) const;
    [[nodiscard]] std::uint32_t count(const Word* marking, std::uint32_t slot) const {
        return marking[bits_ + slot / 16] >> (slot % 16 * 4) & 15U;
    }
    void set_count(Word* marking, PlaceIndex place, std::uint32_t tokens) const;

    const Net* net_;
    bool all_count_;
    std::size_t bits_, words_;         // the number of words with bits, and of all words
    std::vector<std::uint32_t> slot_;  // by place: the index of its four bits; `one`: none
    std::vector<Part> parts_;
    std::vector<Begins> begins_;
    std::vector<Arc> takes_, gives_;  // of places with four bits
    std::vector<PlaceIndex> clears_;
    // by place: the transitions that take from this place first
    std::vector<std::vector<TransitionIndex>> takers_;
    std::vector<TransitionIndex> free_;  // the transitions that take nothing
    std::vector<Word> ends_, loose_;     // by word with bits
};

}  // namespace workflow::verify
