#include "state_space.hpp"

#include <algorithm>

namespace workflow::verify {
namespace {

constexpr std::uint64_t nobody = ~std::uint64_t{0};
constexpr std::size_t most_words = 1U << 25;  ///< for all markings: 256 MiB
constexpr std::size_t most_edges = 1U << 25;
/// After a place has overflowed, the net is faulty, and may be infinite: the maximum number of
/// further markings.
constexpr std::size_t most_when_unsafe = 1U << 13;

std::uint64_t hash_of(const std::uint64_t* words, std::size_t count) {
    std::uint64_t state = 0x9e3779b97f4a7c15U;
    for (std::size_t i = 0; i < count; ++i) {
        state = (state ^ words[i]) * 0xff51afd7ed558ccdU;
        state ^= state >> 32;
    }
    return state * 0xc4ceb9fe1a85ec53U;
}

/// Markings have few words: avoids a function call.
bool are_equal(const std::uint64_t* a, const std::uint64_t* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (a[i] != b[i]) return false;
    return true;
}

/// Half of the hash is stored with the state, so that different markings are seldom compared.
constexpr std::uint64_t entry(std::uint64_t hash, StateSpace::State state) {
    return hash << 32 | state;
}

}  // namespace

StateSpace::StateSpace(const Net& net, std::size_t most)
    : packed_(net, false), fired_(net.transitions.size()) {
    if (explore(most)) return;
    // A bit cannot hold a second token: starts again with counters for all places.
    packed_ = PackedNet(net, true);
    explore(most);
}

std::vector<PlaceIndex> StateSpace::marked(State state) const {
    return packed_.marked(words_of(state));
}

/// Returns false if it was aborted because a place has no room for its second token.
bool StateSpace::explore(std::size_t most) {
    markings_.clear();
    parents_.clear();
    edges_.clear();
    first_.clear();
    table_.assign(1024, nobody);
    shift_ = 54;
    fired_.assign(fired_.size(), false);
    overflow_.reset();
    followed_ = 0;
    most_ = std::min(most, most_words / std::max<std::size_t>(packed_.words(), 1));
    const auto start = packed_.start();
    complete_ = start.has_value();
    const auto first = start.value_or(std::vector<Word>(packed_.words()));
    find_or_add(first.data(), hash_of(first.data(), first.size()), {});
    for (State state = 0; start && state < parents_.size(); ++state) {
        first_.push_back(edges_.size());
        if (!packed_.has_ends() || !is_final(state)) {
            const auto done = follow(state);
            if (done == Step::no_room) return false;
            if (done == Step::bound) {
                complete_ = false;
                break;
            }
        }
        if (complete_) followed_ = state + 1;
    }
    first_.resize(parents_.size() + 1, edges_.size());
    return true;
}

StateSpace::Step StateSpace::follow(State from) {
    packed_.find_ready(words_of(from), ready_);
    const auto words = packed_.words();
    if (next_.size() < ready_.size() * words) next_.resize(ready_.size() * words);
    hashes_.resize(ready_.size());
    std::size_t made = 0;
    for (const auto by : ready_) {
        auto* const to = next_.data() + made * words;
        auto place = PackedNet::nowhere;
        const auto fired = packed_.fire(words_of(from), by, to, place);
        if (place != PackedNet::nowhere && !overflow_) {
            if (!packed_.all_count()) return Step::no_room;
            overflow_ = Overflow{from, by, place};
            most_ = std::min(most_, std::max(most_when_unsafe, parents_.size()));
        }
        fired_[by] = true;
        if (fired == PackedNet::Fired::too_many) {
            complete_ = false;
            continue;
        }
        ready_[made] = by;
        hashes_[made] = hash_of(to, words);
        __builtin_prefetch(&table_[hashes_[made] >> shift_]);
        ++made;
    }
    // The markings of the entries are accessed only now, when the entries are loaded.
    for (std::size_t i = 0; i < made; ++i)
        if (const auto known = table_[hashes_[i] >> shift_]; known != nobody)
            __builtin_prefetch(words_of(static_cast<State>(known)));
    for (std::size_t i = 0; i < made; ++i) {
        const auto to = find_or_add(next_.data() + i * words, hashes_[i], Parent{from, ready_[i]});
        if (!to || edges_.size() == most_edges) return Step::bound;
        edges_.push_back({*to, ready_[i]});
    }
    return Step::all;
}

/// Returns no value if there would be more states than allowed.
std::optional<StateSpace::State> StateSpace::find_or_add(const Word* marking, std::uint64_t hash,
                                                         Parent parent) {
    const auto last = table_.size() - 1;
    auto at = hash >> shift_;
    for (; table_[at] != nobody; at = (at + 1) & last) {
        const auto state = static_cast<State>(table_[at]);
        if (table_[at] == entry(hash, state) &&
            are_equal(marking, words_of(state), packed_.words()))
            return state;
    }
    if (parents_.size() == most_ && !parents_.empty()) return {};
    const auto added = static_cast<State>(parents_.size());
    table_[at] = entry(hash, added);
    parents_.push_back(parent);
    markings_.insert(markings_.end(), marking, marking + packed_.words());
    if (parents_.size() * 2 > table_.size()) grow();
    return added;
}

void StateSpace::grow() {
    shift_ -= 2;
    table_.assign(table_.size() * 4, nobody);
    for (State state = 0; state < parents_.size(); ++state) {
        const auto hash = hash_of(words_of(state), packed_.words());
        auto at = hash >> shift_;
        while (table_[at] != nobody) at = (at + 1) & (table_.size() - 1);
        table_[at] = entry(hash, state);
    }
}

std::vector<TransitionIndex> StateSpace::trace(State state) const {
    std::vector<TransitionIndex> way;
    for (; state != 0; state = parents_[state].from) way.push_back(parents_[state].by);
    std::reverse(way.begin(), way.end());
    return way;
}

}  // namespace workflow::verify
