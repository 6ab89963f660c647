#pragma once

/// Soundness by the book and without haste: what the search and its reductions are held against.

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "models/net.hpp"

namespace workflow::testing {

using Marking = std::vector<unsigned>;

/// The same questions, answered by the book and without haste; nothing above 3 tokens, 14 where
/// they are counted.
struct Oracle {
    std::set<Marking> seen;
    std::map<Marking, std::vector<std::pair<std::size_t, Marking>>> steps;
    bool bounded = true, safe = true, completes = true, proper = true;
    std::set<models::NodeIndex> alive;

    explicit Oracle(const models::Net& net) {
        Marking start;
        for (const auto& place : net.places) start.push_back(place.tokens);
        std::vector<Marking> ahead{start};
        seen.insert(start);
        while (!ahead.empty() && bounded) {
            const auto now = ahead.back();
            ahead.pop_back();
            if (!net.ends.empty() && is_final(net, now)) continue;
            for (std::size_t t = 0; t < net.transitions.size(); ++t) {
                const auto& transition = net.transitions[t];
                auto next = now;
                bool enabled = true;
                for (const auto& arc : transition.takes) {
                    enabled = enabled && next[arc.place] >= arc.weight;
                    next[arc.place] -= arc.weight;
                }
                for (const auto place : transition.empty) enabled = enabled && now[place] == 0;
                if (!enabled) continue;
                for (const auto place : transition.clears) next[place] = 0;
                for (const auto& arc : transition.gives) {
                    next[arc.place] += arc.weight;
                    const bool counts = net.places[arc.place].counts;
                    safe = safe && (counts || next[arc.place] <= 1);
                    bounded = bounded && next[arc.place] <= (counts ? 14U : 3U);
                }
                alive.insert(transition.node);
                steps[now].emplace_back(t, next);
                if (seen.insert(next).second) ahead.push_back(next);
                bounded = bounded && seen.size() < 5'000;
            }
        }
        for (const auto& marking : seen) completes = completes && comes_to_an_end(net, marking);
        for (const auto& [from, outs] : steps)
            for (const auto& [t, to] : outs)
                if (is_end(net, t))
                    proper = proper && !goes_through(net, net.transitions[t].node, to);
    }

    static bool is_end(const models::Net& net, std::size_t t) {
        const auto node = net.transitions[t].node;
        return node < net.end_nodes.size() && net.end_nodes[node];
    }

    static bool is_final(const models::Net& net, const Marking& marking) {
        for (const auto end : net.ends)
            if (marking[end] > 0) return true;
        return net.ends.empty() &&
               std::all_of(marking.begin(), marking.end(), [](unsigned n) { return n == 0; });
    }

    bool comes_to_an_end(const models::Net& net, const Marking& from) {
        std::set<Marking> visited{from};
        std::vector<Marking> ahead{from};
        while (!ahead.empty()) {
            const auto now = ahead.back();
            ahead.pop_back();
            if (is_final(net, now)) return true;
            for (const auto& [t, next] : steps[now])
                if (visited.insert(next).second) ahead.push_back(next);
        }
        return false;
    }

    bool goes_through(const models::Net& net, models::NodeIndex end, const Marking& from) {
        std::set<Marking> visited{from};
        std::vector<Marking> ahead{from};
        while (!ahead.empty()) {
            const auto now = ahead.back();
            ahead.pop_back();
            for (const auto& [t, next] : steps[now]) {
                if (net.transitions[t].node == end) return true;
                if (visited.insert(next).second) ahead.push_back(next);
            }
        }
        return false;
    }
};

}  // namespace workflow::testing
