#include "reduction.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace workflow::verify {

using models::Arc;
using models::NodeIndex;

class Reduction {
public:
    Reduction(const Net& net, Origins& origins)
        : net_(net),
          origins_(origins),
          gone_places_(net.places.size()),
          gone_(net.transitions.size()),
          fixed_(net.places.size()),
          watched_(net.places.size()),
          from_(net.places.size()),
          into_(net.places.size()) {
        origins_ = {};
        origins_.whole_ = net.transitions.size();
        for (TransitionIndex t = 0; t < net.transitions.size(); ++t) rows_.push_back(t);
        with_.assign(rows_.size(), Origins::nothing);
        for (std::size_t place = 0; place < net_.places.size(); ++place)
            fixed_[place] = net_.places[place].tokens > 0 || net_.places[place].loose ||
                            net_.places[place].counts;
        for (const auto end : net_.ends) watched_[end] = true;
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
            auto& transition = net_.transitions[t];
            for (const auto place : transition.empty) watched_[place] = true;
            for (const auto place : transition.clears) watched_[place] = true;
            for (const auto& arc : transition.takes) {
                into_[arc.place].insert(t);
                if (arc.weight != 1) fixed_[arc.place] = true;
            }
            for (const auto& arc : transition.gives) {
                from_[arc.place].insert(t);
                if (arc.weight != 1) fixed_[arc.place] = true;
            }
        }
        for (std::size_t place = 0; place < net_.places.size(); ++place)
            fixed_[place] = fixed_[place] || watched_[place];
    }

    Net run() {
        for (bool changed = true; changed;) {
            changed = false;
            for (PlaceIndex place = 0; place < net_.places.size(); ++place)
                changed = (!gone_places_[place] && fuse(place)) || changed;
            changed = drop_equal_transitions() || changed;
            changed = drop_equal_places() || changed;
        }
        return compact();
    }

private:
    bool plain(TransitionIndex t) const {
        return net_.transitions[t].empty.empty() && net_.transitions[t].clears.empty();
    }
    bool is_end(TransitionIndex t) const {
        const auto node = net_.transitions[t].node;
        return node < net_.end_nodes.size() && net_.end_nodes[node];
    }
    static bool has(const std::vector<Arc>& arcs, PlaceIndex place) {
        return std::any_of(arcs.begin(), arcs.end(),
                           [&](const Arc& arc) { return arc.place == place; });
    }

    /// Removes `place`, which lies between the transitions that fill it and the only transition
    /// that empties it.
    bool fuse(PlaceIndex place) {
        if (fixed_[place] || into_[place].size() != 1 || from_[place].empty()) return false;
        const auto after = *into_[place].begin();
        auto& next = net_.transitions[after];
        if (!plain(after) || is_end(after) || next.takes.size() != 1 || next.gives.empty() ||
            has(next.gives, place))
            return false;
        // A token here can always continue, at once and nowhere else: the transitions that bring it
        // produce its outputs instead. Several outputs are only worthwhile if a single transition
        // fills the place.
        if (next.gives.size() > 1 && from_[place].size() > 1) return false;
        // The token must not be visible at its destination sooner than before.
        if (std::any_of(next.gives.begin(), next.gives.end(),
                        [&](const Arc& arc) { return watched_[arc.place]; }))
            return false;
        for (const auto before : from_[place]) {
            if (!plain(before) || is_end(before)) return false;
            for (const auto& arc : next.gives)
                if (has(net_.transitions[before].gives, arc.place)) return false;
        }
        for (const auto before : from_[place]) {
            auto& gives = net_.transitions[before].gives;
            std::erase_if(gives, [&](const Arc& arc) { return arc.place == place; });
            gives.insert(gives.end(), next.gives.begin(), next.gives.end());
            std::sort(gives.begin(), gives.end(),
                      [](const Arc& a, const Arc& b) { return a.place < b.place; });
            for (const auto& arc : next.gives) from_[arc.place].insert(before);
            rows_[before] = pair(rows_[before], rows_[after]);
            with_[before] = pair(with_[before], with_[after]);
        }
        remove(after);
        gone_places_[place] = true;
        from_[place].clear();
        return true;
    }

    void remove(TransitionIndex t) {
        gone_[t] = true;
        for (const auto& arc : net_.transitions[t].takes) into_[arc.place].erase(t);
        for (const auto& arc : net_.transitions[t].gives) from_[arc.place].erase(t);
    }

    Origins::Row pair(Origins::Row a, Origins::Row b) {
        if (a == Origins::nothing || b == Origins::nothing) return a == Origins::nothing ? b : a;
        origins_.pairs_.emplace_back(a, b);
        return static_cast<Origins::Row>(origins_.whole_ + origins_.pairs_.size() - 1);
    }
    /// Removes `t`, which is redundant and can fire if `other` can.
    void remove_beside(TransitionIndex t, TransitionIndex other) {
        with_[other] = pair(with_[other], pair(rows_[t], with_[t]));
        remove(t);
    }

    using Sides = std::vector<PlaceIndex>;

    /// Merges two transitions with the same inputs and outputs, for ends only those of the same
    /// end. A transition whose outputs are its inputs changes nothing, and is redundant if another
    /// takes the same inputs.
    bool drop_equal_transitions() {
        bool changed = false;
        std::map<std::pair<Sides, Sides>, std::map<NodeIndex, TransitionIndex>> seen;
        std::map<Sides, TransitionIndex> takers;
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
            if (gone_[t] || !plain(t)) continue;
            const auto takes = places_of(net_.transitions[t].takes);
            const auto gives = places_of(net_.transitions[t].gives);
            if (!takes || !gives) continue;
            auto& same = seen[{*takes, *gives}];
            const auto key = is_end(t) ? net_.transitions[t].node + 1 : 0;
            if (const auto [first, is_new] = same.emplace(key, t); !is_new) {
                remove_beside(t, first->second);
                changed = true;
            } else if (*takes != *gives) {
                takers.emplace(*takes, t);
            }
        }
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
            if (gone_[t] || !plain(t) || is_end(t)) continue;
            const auto takes = places_of(net_.transitions[t].takes);
            if (!takes || takes != places_of(net_.transitions[t].gives)) continue;
            if (const auto other = takers.find(*takes);
                other != takers.end() && !gone_[other->second]) {
                remove_beside(t, other->second);
                changed = true;
            }
        }
        return changed;
    }

    /// Merges two places that the same transitions fill and empty.
    bool drop_equal_places() {
        bool changed = false;
        std::map<std::pair<std::set<TransitionIndex>, std::set<TransitionIndex>>, PlaceIndex> seen;
        for (PlaceIndex place = 0; place < net_.places.size(); ++place) {
            if (gone_places_[place] || fixed_[place] || from_[place].empty()) continue;
            if (seen.emplace(std::pair(from_[place], into_[place]), place).second) continue;
            if (into_[place].empty()) continue;
            gone_places_[place] = true;
            const auto here = [&](const Arc& arc) { return arc.place == place; };
            for (const auto t : from_[place]) std::erase_if(net_.transitions[t].gives, here);
            for (const auto t : into_[place]) std::erase_if(net_.transitions[t].takes, here);
            changed = true;
        }
        return changed;
    }

    /// Returns the places of the arcs; no value if an arc has a weight.
    static std::optional<Sides> places_of(const std::vector<Arc>& arcs) {
        Sides places;
        for (const auto& arc : arcs) {
            if (arc.weight != 1) return {};
            places.push_back(arc.place);
        }
        return places;
    }

    Net compact() {
        Net small;
        std::vector<PlaceIndex> number(net_.places.size());
        for (PlaceIndex place = 0; place < net_.places.size(); ++place) {
            if (gone_places_[place]) continue;
            number[place] = static_cast<PlaceIndex>(small.places.size());
            small.places.push_back(net_.places[place]);
            origins_.places.push_back(place);
        }
        for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
            if (gone_[t]) continue;
            auto transition = std::move(net_.transitions[t]);
            for (auto& arc : transition.takes) arc.place = number[arc.place];
            for (auto& arc : transition.gives) arc.place = number[arc.place];
            for (auto& place : transition.empty) place = number[place];
            for (auto& place : transition.clears) place = number[place];
            small.transitions.push_back(std::move(transition));
            origins_.rows_.push_back(rows_[t]);
            origins_.with_.push_back(with_[t]);
        }
        for (const auto end : net_.ends) small.ends.push_back(number[end]);
        small.end_nodes = net_.end_nodes;
        return small;
    }

    Net net_;
    Origins& origins_;
    // by transition: what it fires, what can fire if it can
    std::vector<Origins::Row> rows_, with_;
    std::vector<bool> gone_places_, gone_;
    std::vector<bool> fixed_;    // by place: it must stay
    std::vector<bool> watched_;  // by place: an end, a reset or an inhibitor refers to it
    // by place: the transitions that fill it, and those that empty it
    std::vector<std::set<TransitionIndex>> from_, into_;
};

std::optional<std::vector<TransitionIndex>> Origins::way(
    const std::vector<TransitionIndex>& way) const {
    constexpr std::size_t most = 1U << 16;
    std::vector<TransitionIndex> whole;
    std::vector<Row> ahead;
    for (const auto t : way) {
        ahead.push_back(rows_[t]);
        while (!ahead.empty()) {
            const auto row = ahead.back();
            ahead.pop_back();
            if (row < whole_) {
                whole.push_back(row);
                continue;
            }
            if (ahead.size() + whole.size() > most) return {};
            ahead.push_back(pairs_[row - whole_].second);
            ahead.push_back(pairs_[row - whole_].first);
        }
    }
    return whole;
}

std::vector<bool> Origins::living(const std::vector<bool>& fired) const {
    std::vector<bool> seen(whole_ + pairs_.size());
    for (std::size_t t = 0; t < rows_.size(); ++t) {
        if (!fired[t]) continue;
        seen[rows_[t]] = true;
        if (with_[t] != nothing) seen[with_[t]] = true;
    }
    // A row consists of rows with smaller numbers.
    for (auto row = seen.size(); row-- > whole_;) {
        if (!seen[row]) continue;
        seen[pairs_[row - whole_].first] = true;
        seen[pairs_[row - whole_].second] = true;
    }
    seen.resize(whole_);
    return seen;
}

Net reduced(const Net& net, Origins& origins) {
    return Reduction(net, origins).run();
}

Net reduced(const Net& net) {
    Origins origins;
    return reduced(net, origins);
}

}  // namespace workflow::verify
