#include <algorithm>

#include "level.hpp"

namespace workflow::presentation {

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

    /// Swaps neighbours as long as that removes crossings.
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

}  // namespace workflow::presentation
