#include "state_space.hpp"

#include <algorithm>
#include <cstring>

namespace workflow::verify {
namespace {

constexpr StateSpace::State nobody = 0xffffffff;
constexpr std::uint8_t most_tokens = 15;
constexpr std::size_t most_bytes = 256U << 20;  ///< of all markings
constexpr std::size_t most_edges = 1U << 24;
/// Once a place has overflowed the net is faulty anyway, and may be endless: no more than this.
constexpr std::size_t most_when_unsafe = 1U << 14;

std::size_t hash(const std::uint8_t* bytes, std::size_t count) {
    std::uint64_t state = 0x9e3779b97f4a7c15U ^ count;
    const auto mix = [&](std::uint64_t word) {
        state = (state ^ word) * 0xff51afd7ed558ccdU;
        state ^= state >> 32;
    };
    std::size_t at = 0;
    for (; at + 8 <= count; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, 8);
        mix(word);
    }
    for (; at < count; ++at) mix(bytes[at]);
    return state;
}

}  // namespace

StateSpace::StateSpace(const Net& net, std::size_t most)
    : net_(net), width_(net.places.size()), next_(width_), table_(1024, nobody) {
    for (std::size_t place = 0; place < width_; ++place)
        next_[place] = static_cast<std::uint8_t>(net.places[place].tokens);
    parents_.push_back({});
    find_or_add();
    explore(most);
}

std::span<const std::uint8_t> StateSpace::marking(State state) const {
    return {markings_.data() + state * width_, width_};
}

bool StateSpace::is_final(State state) const {
    const auto tokens = marking(state);
    if (!net_.ends.empty())
        return std::any_of(net_.ends.begin(), net_.ends.end(),
                           [&](PlaceIndex end) { return tokens[end] > 0; });
    for (std::size_t place = 0; place < width_; ++place)
        if (tokens[place] > 0 && !net_.places[place].loose) return false;
    return true;
}

bool StateSpace::enabled(const Transition& transition, const std::uint8_t* marking) const {
    for (const auto& arc : transition.takes)
        if (marking[arc.place] < arc.weight) return false;
    return std::all_of(transition.empty.begin(), transition.empty.end(),
                       [&](PlaceIndex place) { return marking[place] == 0; });
}

void StateSpace::explore(std::size_t most) {
    most = std::min(most, most_bytes / std::max<std::size_t>(width_, 1));
    for (State state = 0; state < parents_.size(); ++state) {
        if (!net_.ends.empty() && is_final(state)) {
            if (complete_) followed_ = state + 1;
            continue;
        }
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
            if (!enabled(net_.transitions[t], markings_.data() + state * width_)) continue;
            if (edges_.size() >= most_edges ||
                parents_.size() >= (overflow_ ? std::min(most, most_when_unsafe) : most)) {
                complete_ = false;
                return;
            }
            follow(state, t);
        }
        if (complete_) followed_ = state + 1;
    }
}

void StateSpace::follow(State from, TransitionIndex by) {
    const auto& transition = net_.transitions[by];
    std::memcpy(next_.data(), markings_.data() + from * width_, width_);
    for (const auto& arc : transition.takes)
        next_[arc.place] = static_cast<std::uint8_t>(next_[arc.place] - arc.weight);
    for (const auto place : transition.clears) next_[place] = 0;
    for (const auto& arc : transition.gives) {
        const auto& place = net_.places[arc.place];
        const auto tokens = next_[arc.place] + arc.weight;
        if (tokens > 1 && !place.loose && !place.counts && !overflow_)
            overflow_ = Overflow{from, by, arc.place};
        if (tokens > most_tokens) {
            complete_ = false;
            return;
        }
        next_[arc.place] = static_cast<std::uint8_t>(tokens);
    }
    const auto known = parents_.size();
    const auto to = find_or_add();
    if (to == known) parents_.push_back({from, to, by});
    edges_.push_back({from, to, by});
}

/// The state whose marking is in `next_`; a new one is numbered and its marking kept.
StateSpace::State StateSpace::find_or_add() {
    if (markings_.size() / std::max<std::size_t>(width_, 1) * 2 >= table_.size()) {
        std::vector<State> larger(table_.size() * 4, nobody);
        for (const auto state : table_) {
            if (state == nobody) continue;
            auto at = hash(markings_.data() + state * width_, width_) % larger.size();
            while (larger[at] != nobody) at = (at + 1) % larger.size();
            larger[at] = state;
        }
        table_ = std::move(larger);
    }
    auto at = hash(next_.data(), width_) % table_.size();
    for (; table_[at] != nobody; at = (at + 1) % table_.size())
        if (std::memcmp(markings_.data() + table_[at] * width_, next_.data(), width_) == 0)
            return table_[at];
    table_[at] = static_cast<State>(markings_.size() / std::max<std::size_t>(width_, 1));
    markings_.insert(markings_.end(), next_.begin(), next_.end());
    return table_[at];
}

std::vector<TransitionIndex> StateSpace::trace(State state) const {
    std::vector<TransitionIndex> way;
    for (; state != 0; state = parents_[state].from) way.push_back(parents_[state].by);
    std::reverse(way.begin(), way.end());
    return way;
}

}  // namespace workflow::verify
