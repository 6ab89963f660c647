#include <algorithm>
#include <cmath>
#include <limits>

#include "level.hpp"

namespace workflow::tools {

namespace {

struct Link {
    int upper, lower;
    double weight;
};

/// Neighbouring ranks and the links between them, by rank of the upper end.
struct Links {
    std::vector<std::vector<Link>> below;
    std::vector<std::vector<int>> up, down;  // neighbours by vertex

    explicit Links(const Level& level)
        : below(level.ranks.size()), up(level.vertices.size()), down(level.vertices.size()) {
        for (const Run& run : level.runs) {
            for (std::size_t i = 0; i + 1 < run.chain.size(); ++i) {
                const int upper = run.chain[i], lower = run.chain[i + 1];
                const auto u = static_cast<std::size_t>(upper), l = static_cast<std::size_t>(lower);
                below[static_cast<std::size_t>(level.vertices[u].rank)].push_back(
                    {upper, lower, run.weight});
                down[u].push_back(lower);
                up[l].push_back(upper);
            }
        }
    }
};

struct Ordering {
    Level& level;
    Links links;
    std::vector<double> position;

    explicit Ordering(Level& of) : level(of), links(of), position(of.vertices.size()) { refresh(); }

    void refresh() {
        for (const auto& rank : level.ranks) {
            for (std::size_t i = 0; i < rank.size(); ++i) {
                position[static_cast<std::size_t>(rank[i])] = static_cast<double>(i);
            }
        }
    }
    [[nodiscard]] double at(int vertex) const { return position[static_cast<std::size_t>(vertex)]; }

    [[nodiscard]] double crossings(std::size_t rank) const {
        double sum = 0;
        const auto& list = links.below[rank];
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (std::size_t k = i + 1; k < list.size(); ++k) {
                const double top = at(list[i].upper) - at(list[k].upper);
                const double bottom = at(list[i].lower) - at(list[k].lower);
                if (top * bottom < 0) sum += std::min(list[i].weight, list[k].weight);
            }
        }
        return sum;
    }
    [[nodiscard]] double crossings() const {
        double sum = 0;
        for (std::size_t rank = 0; rank < links.below.size(); ++rank) sum += crossings(rank);
        return sum;
    }

    void sweep(bool downward) {
        const std::size_t count = level.ranks.size();
        for (std::size_t step = 1; step < count; ++step) {
            auto& rank = level.ranks[downward ? step : count - 1 - step];
            std::vector<double> centre(level.vertices.size());
            for (const int vertex : rank) {
                const auto v = static_cast<std::size_t>(vertex);
                const auto& neighbours = downward ? links.up[v] : links.down[v];
                double sum = 0;
                for (const int neighbour : neighbours) sum += at(neighbour);
                centre[v] =
                    neighbours.empty() ? at(vertex) : sum / static_cast<double>(neighbours.size());
            }
            std::ranges::stable_sort(
                rank, {}, [&](int vertex) { return centre[static_cast<std::size_t>(vertex)]; });
            refresh();
        }
    }

    /// Swaps neighbours while that removes crossings.
    void transpose() {
        for (int round = 0; round < 8; ++round) {
            bool better = false;
            for (std::size_t r = 0; r < level.ranks.size(); ++r) {
                auto& rank = level.ranks[r];
                for (std::size_t i = 0; i + 1 < rank.size(); ++i) {
                    const double before = around(r);
                    swap(rank, i);
                    if (around(r) < before - 1e-9) {
                        better = true;
                    } else {
                        swap(rank, i);
                    }
                }
            }
            if (!better) return;
        }
    }
    [[nodiscard]] double around(std::size_t rank) const {
        return crossings(rank) + (rank > 0 ? crossings(rank - 1) : 0);
    }
    void swap(std::vector<int>& rank, std::size_t i) {
        std::swap(rank[i], rank[i + 1]);
        std::swap(position[static_cast<std::size_t>(rank[i])],
                  position[static_cast<std::size_t>(rank[i + 1])]);
    }
};

}  // namespace

void order(Level& level) {
    Ordering ordering(level);
    auto best = level.ranks;
    double fewest = ordering.crossings();
    for (int round = 0; round < 24 && fewest > 0; ++round) {
        ordering.sweep(round % 2 == 0);
        ordering.transpose();
        const double now = ordering.crossings();
        if (now < fewest) {
            fewest = now;
            best = level.ranks;
        }
    }
    level.ranks = std::move(best);
}

std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& weights,
                           const std::vector<double>& gaps) {
    // With the gaps taken off, "each right of the one before" is "none less than the one before":
    // isotonic regression, solved exactly by pooling adjacent violators.
    struct Block {
        double sum, weight;
        std::size_t count;
        [[nodiscard]] double mean() const { return sum / weight; }
    };
    std::vector<Block> blocks;
    double offset = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0) offset += gaps[i];
        blocks.push_back({(wanted[i] - offset) * weights[i], weights[i], 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().sum += last.sum;
            blocks.back().weight += last.weight;
            blocks.back().count += last.count;
        }
    }
    std::vector<double> places;
    offset = 0;
    for (const Block& block : blocks) {
        for (std::size_t k = 0; k < block.count; ++k) {
            if (!places.empty()) offset += gaps[places.size()];
            places.push_back(block.mean() + offset);
        }
    }
    return places;
}

void place(Level& level) {
    struct Neighbour {
        int vertex;
        double weight;
    };
    std::vector<std::vector<Neighbour>> up(level.vertices.size()), down(level.vertices.size());
    const auto is_bend = [&](int vertex) {
        const auto kind = level.vertices[static_cast<std::size_t>(vertex)].kind;
        return kind == Vertex::Kind::bend || kind == Vertex::Kind::label;
    };
    for (const Run& run : level.runs) {
        for (std::size_t i = 0; i + 1 < run.chain.size(); ++i) {
            const int upper = run.chain[i], lower = run.chain[i + 1];
            // Long arrows are straight in their middle; they bend near their ends.
            const double straight = is_bend(upper) && is_bend(lower) ? 6 : 1;
            const double weight = run.weight * straight;
            down[static_cast<std::size_t>(upper)].push_back({lower, weight});
            up[static_cast<std::size_t>(lower)].push_back({upper, weight});
        }
    }
    constexpr double apart = 22;
    const auto settle = [&](const std::vector<int>& rank, bool use_up, bool use_down) {
        std::vector<double> wanted, weights, gaps;
        for (std::size_t i = 0; i < rank.size(); ++i) {
            const auto v = static_cast<std::size_t>(rank[i]);
            double sum = 0, weight = 0;
            const auto take = [&](const std::vector<Neighbour>& list) {
                for (const Neighbour& neighbour : list) {
                    sum += neighbour.weight *
                           level.vertices[static_cast<std::size_t>(neighbour.vertex)].x;
                    weight += neighbour.weight;
                }
            };
            if (use_up) take(up[v]);
            if (use_down) take(down[v]);
            const Vertex& vertex = level.vertices[v];
            wanted.push_back(weight > 0 ? sum / weight : vertex.x);
            weights.push_back(weight > 0 ? weight : 0.01);
            gaps.push_back(i == 0 ? 0
                                  : level.vertices[static_cast<std::size_t>(rank[i - 1])].right +
                                        apart + vertex.left);
        }
        const auto places = spread(wanted, weights, gaps);
        for (std::size_t i = 0; i < rank.size(); ++i) {
            level.vertices[static_cast<std::size_t>(rank[i])].x = places[i];
        }
    };
    for (const auto& rank : level.ranks) settle(rank, false, false);
    const std::size_t count = level.ranks.size();
    for (int round = 0; round < 60; ++round) {
        const bool one_sided = round < 12;
        for (std::size_t r = 0; r < count; ++r) settle(level.ranks[r], true, !one_sided);
        for (std::size_t r = count; r-- > 0;) settle(level.ranks[r], !one_sided, true);
    }
}

}  // namespace workflow::tools
