#pragma once

/// A net whose markings are a few machine words: a bit a place, for whether it has a token, and a
/// half byte more for each that may have several.

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

    /// `all_count`: every place may hold several tokens, and not only those that should. The arcs
    /// are joined (join_arcs). Keeps a reference to `net`.
    PackedNet(const Net& net, bool all_count);

    [[nodiscard]] std::size_t words() const { return words_; }
    [[nodiscard]] bool all_count() const { return all_count_; }
    [[nodiscard]] bool has_ends() const { return !net_->ends.empty(); }
    /// The marking to begin from; nothing where a place has more than can be counted.
    [[nodiscard]] std::optional<std::vector<Word>> start() const;
    [[nodiscard]] bool is_final(const Word* marking) const;
    [[nodiscard]] std::vector<PlaceIndex> marked(const Word* marking) const;

    /// The transitions that can fire, sorted.
    void find_ready(const Word* marking, std::vector<TransitionIndex>& ready) const;

    enum class Fired : std::uint8_t {
        cleanly,
        twice,     ///< `place`, which should hold one token, got another
        too_many,  ///< more tokens than can be counted: `to` is of no use
    };
    /// One that can fire does. `place` is told wherever one got a second token that it should not
    /// hold; where not all count, `to` is then of no use.
    Fired fire(const Word* from, TransitionIndex by, Word* to, PlaceIndex& place) const;

private:
    /// What a transition asks of one word, and makes of it.
    struct Part {
        std::uint32_t word = 0;
        Word needs = 0, bars = 0, drops = 0, gives = 0;
    };
    /// Parts and arcs of a transition, from here to where those of the next begin.
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
    std::size_t bits_, words_;         // words of bits, and all
    std::vector<std::uint32_t> slot_;  // by place: which half byte; `one`: none
    std::vector<Part> parts_;
    std::vector<Begins> begins_;
    std::vector<Arc> takes_, gives_;  // of places with a half byte
    std::vector<PlaceIndex> clears_;
    std::vector<std::vector<TransitionIndex>> takers_;  // by place: those that take here first
    std::vector<TransitionIndex> free_;                 // those that take nothing
    std::vector<Word> ends_, loose_;                    // by word of bits
};

}  // namespace workflow::verify
