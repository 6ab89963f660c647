#include "packed_net.hpp"

#include <algorithm>
#include <bit>

namespace workflow::verify {
namespace {

constexpr PackedNet::Word bit(PlaceIndex place) {
    return PackedNet::Word{1} << (place % 64);
}

}  // namespace

PackedNet::PackedNet(const Net& net, bool all_count)
    : net_(&net),
      all_count_(all_count),
      bits_((net.places.size() + 63) / 64),
      words_(0),
      slot_(net.places.size(), one),
      takers_(net.places.size()),
      ends_(bits_),
      loose_(bits_) {
    std::vector<bool> several(net.places.size());
    for (PlaceIndex place = 0; place < net.places.size(); ++place) {
        const auto& given = net.places[place];
        several[place] = all_count || given.counts || given.loose || given.tokens > 1;
        if (given.loose) loose_[place / 64] |= bit(place);
    }
    for (const auto& transition : net.transitions) {
        for (const auto& arc : transition.takes)
            if (arc.weight > 1) several[arc.place] = true;
        for (const auto& arc : transition.gives)
            if (arc.weight > 1) several[arc.place] = true;
    }
    std::uint32_t slots = 0;
    for (PlaceIndex place = 0; place < net.places.size(); ++place)
        if (several[place]) slot_[place] = slots++;
    words_ = bits_ + (slots + 15) / 16;
    for (const auto end : net.ends) ends_[end / 64] |= bit(end);

    // A transition is registered at the input place with the fewest transitions.
    std::vector<std::uint32_t> taken(net.places.size());
    for (const auto& transition : net.transitions)
        for (const auto& arc : transition.takes) ++taken[arc.place];
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t) {
        const auto& takes = net.transitions[t].takes;
        add(net.transitions[t]);
        if (takes.empty()) {
            free_.push_back(t);
            continue;
        }
        const auto rarest = std::min_element(
            takes.begin(), takes.end(),
            [&](const Arc& a, const Arc& b) { return taken[a.place] < taken[b.place]; });
        takers_[rarest->place].push_back(t);
    }
    begins_.push_back(
        {static_cast<std::uint32_t>(parts_.size()), static_cast<std::uint32_t>(takes_.size()),
         static_cast<std::uint32_t>(clears_.size()), static_cast<std::uint32_t>(gives_.size())});
}

PackedNet::Part& PackedNet::part_of(PlaceIndex place, std::uint32_t first) {
    for (auto i = first; i < parts_.size(); ++i)
        if (parts_[i].word == place / 64) return parts_[i];
    parts_.push_back({place / 64});
    return parts_.back();
}

void PackedNet::add(const Transition& transition) {
    const auto first = static_cast<std::uint32_t>(parts_.size());
    begins_.push_back({first, static_cast<std::uint32_t>(takes_.size()),
                       static_cast<std::uint32_t>(clears_.size()),
                       static_cast<std::uint32_t>(gives_.size())});
    for (const auto& arc : transition.takes) {
        auto& part = part_of(arc.place, first);
        part.needs |= bit(arc.place);
        if (slot_[arc.place] == one)
            part.drops |= bit(arc.place);
        else
            takes_.push_back(arc);
    }
    for (const auto place : transition.empty) part_of(place, first).bars |= bit(place);
    for (const auto place : transition.clears) {
        if (slot_[place] == one)
            part_of(place, first).drops |= bit(place);
        else
            clears_.push_back(place);
    }
    for (const auto& arc : transition.gives) {
        if (slot_[arc.place] == one)
            part_of(arc.place, first).gives |= bit(arc.place);
        else
            gives_.push_back(arc);
    }
}

void PackedNet::set_count(Word* marking, PlaceIndex place, std::uint32_t tokens) const {
    const auto slot = slot_[place];
    auto& word = marking[bits_ + slot / 16];
    const auto shift = slot % 16 * 4;
    word = (word & ~(Word{15} << shift)) | Word{tokens} << shift;
    auto& there = marking[place / 64];
    there = tokens > 0 ? there | bit(place) : there & ~bit(place);
}

std::optional<std::vector<PackedNet::Word>> PackedNet::start() const {
    std::vector<Word> marking(words_);
    for (PlaceIndex place = 0; place < net_->places.size(); ++place) {
        const auto tokens = net_->places[place].tokens;
        if (tokens > most_tokens) return {};
        if (slot_[place] != one)
            set_count(marking.data(), place, tokens);
        else if (tokens > 0)
            marking[place / 64] |= bit(place);
    }
    return marking;
}

bool PackedNet::is_final(const Word* marking) const {
    for (std::size_t word = 0; word < bits_; ++word) {
        if (net_->ends.empty() && (marking[word] & ~loose_[word]) != 0) return false;
        if ((marking[word] & ends_[word]) != 0) return true;
    }
    return net_->ends.empty();
}

std::vector<PlaceIndex> PackedNet::marked(const Word* marking) const {
    std::vector<PlaceIndex> places;
    for (PlaceIndex place = 0; place < net_->places.size(); ++place)
        if ((marking[place / 64] & bit(place)) != 0) places.push_back(place);
    return places;
}

bool PackedNet::can_fire(const Word* marking, TransitionIndex by) const {
    const auto &begins = begins_[by], &ends = begins_[by + 1U];
    for (auto i = begins.parts; i < ends.parts; ++i) {
        const auto& part = parts_[i];
        const auto word = marking[part.word];
        if ((word & part.needs) != part.needs || (word & part.bars) != 0) return false;
    }
    for (auto i = begins.takes; i < ends.takes; ++i)
        if (count(marking, slot_[takes_[i].place]) < takes_[i].weight) return false;
    return true;
}

void PackedNet::find_ready(const Word* marking, std::vector<TransitionIndex>& ready) const {
    ready.clear();
    for (const auto t : free_)
        if (can_fire(marking, t)) ready.push_back(t);
    for (std::size_t word = 0; word < bits_; ++word)
        for (auto left = marking[word]; left != 0; left &= left - 1) {
            const auto place = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
            for (const auto t : takers_[place])
                if (can_fire(marking, t)) ready.push_back(t);
        }
    if (!std::is_sorted(ready.begin(), ready.end())) std::sort(ready.begin(), ready.end());
}

PackedNet::Fired PackedNet::fire(const Word* from, TransitionIndex by, Word* to,
                                 PlaceIndex& place) const {
    std::copy_n(from, words_, to);
    const auto &begins = begins_[by], &ends = begins_[by + 1U];
    auto fired = Fired::cleanly;
    for (auto i = begins.parts; i < ends.parts; ++i) {
        const auto& part = parts_[i];
        auto& word = to[part.word];
        word &= ~part.drops;
        if (const auto again = word & part.gives; again != 0 && fired == Fired::cleanly) {
            fired = Fired::twice;
            place = part.word * 64 + static_cast<PlaceIndex>(std::countr_zero(again));
        }
        word |= part.gives;
    }
    for (auto i = begins.takes; i < ends.takes; ++i) {
        const auto& arc = takes_[i];
        set_count(to, arc.place, count(to, slot_[arc.place]) - arc.weight);
    }
    for (auto i = begins.clears; i < ends.clears; ++i) set_count(to, clears_[i], 0);
    for (auto i = begins.gives; i < ends.gives; ++i) {
        const auto& arc = gives_[i];
        const auto tokens = count(to, slot_[arc.place]) + arc.weight;
        const auto& here = net_->places[arc.place];
        if (tokens > 1 && !here.loose && !here.counts && fired == Fired::cleanly) {
            fired = Fired::twice;
            place = arc.place;
        }
        if (tokens > most_tokens) return Fired::too_many;
        set_count(to, arc.place, tokens);
    }
    return fired;
}

}  // namespace workflow::verify
