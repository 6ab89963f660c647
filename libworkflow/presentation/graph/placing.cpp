#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "level.hpp"

namespace workflow::presentation {

namespace {

constexpr double apart = 22;

/// Returns the least and greatest `x` a vertex may have while its neighbours in the rank stay.
std::pair<double, double> room(const Level& level, int vertex) {
    const Vertex& at = level.vertices[index(vertex)];
    const auto& rank = level.ranks[index(at.rank)];
    const auto place = std::ranges::find(rank, vertex) - rank.begin();
    double low = std::numeric_limits<double>::lowest(), high = std::numeric_limits<double>::max();
    if (place > 0) {
        const Vertex& left = level.vertices[index(rank[index(static_cast<int>(place) - 1)])];
        low = left.x + left.right + apart + at.left;
    }
    if (place + 1 < static_cast<std::ptrdiff_t>(rank.size())) {
        const Vertex& right = level.vertices[index(rank[index(static_cast<int>(place) + 1)])];
        high = right.x - right.left - apart - at.right;
    }
    return {low, high};
}

/// Aligns the bends of a run vertically where possible: as many as possible, from the top.
void straighten(Level& level) {
    for (const Run& run : level.runs) {
        std::size_t first = 1;
        const std::size_t last = run.chain.size() - 1;
        while (first < last) {
            auto [low, high] = room(level, run.chain[first]);
            double sum = level.vertices[index(run.chain[first])].x;
            std::size_t end = first + 1;
            for (; end < last; ++end) {
                const auto [next_low, next_high] = room(level, run.chain[end]);
                if (std::max(low, next_low) > std::min(high, next_high)) break;
                low = std::max(low, next_low);
                high = std::min(high, next_high);
                sum += level.vertices[index(run.chain[end])].x;
            }
            // In line with the box at an end of the run, where that is possible.
            double x = std::clamp(sum / static_cast<double>(end - first), low, high);
            const double above = level.vertices[index(run.chain.front())].x;
            const double below = level.vertices[index(run.chain.back())].x;
            if (first == 1 && above >= low && above <= high && std::abs(above - x) < 30) x = above;
            if (end == last && below >= low && below <= high && std::abs(below - x) < 30) x = below;
            for (std::size_t i = first; i < end; ++i) level.vertices[index(run.chain[i])].x = x;
            first = end;
        }
    }
}

/// Places the vertices after those of the main line exactly below them, if there is room.
void align_main_line(Level& level) {
    std::vector<const Run*> runs;
    for (const Run& run : level.runs) {
        if (run.weight >= main_line) runs.push_back(&run);
    }
    std::ranges::stable_sort(
        runs, {}, [&](const Run* run) { return level.vertices[index(run->chain.front())].rank; });
    for (const Run* run : runs) {
        const double x = level.vertices[index(run->chain.front())].x;
        const bool fits = std::ranges::all_of(run->chain.begin() + 1, run->chain.end(), [&](int v) {
            const auto [low, high] = room(level, v);
            return x >= low && x <= high && std::abs(level.vertices[index(v)].x - x) < 60;
        });
        if (!fits) continue;
        for (const int v : run->chain) level.vertices[index(v)].x = x;
    }
}

/// Places the main line at 0, and packs everything else to its left and right.
void stand_up(Level& level) {
    std::vector<bool> main(level.vertices.size(), false);
    for (const Run& run : level.runs) {
        if (run.weight < main_line) continue;
        for (const int v : run.chain) main[index(v)] = true;
    }
    for (const auto& rank : level.ranks) {
        std::vector<double> at;
        double x = 0, centre = 0;
        bool found = false;
        for (const int v : rank) {
            const Vertex& vertex = level.vertices[index(v)];
            x += at.empty() ? 0 : apart + vertex.left;
            at.push_back(x);
            if (main[index(v)]) centre = x;
            found = found || main[index(v)];
            x += vertex.right;
        }
        if (!found) centre = at.empty() ? 0 : (at.front() + at.back()) / 2;
        for (std::size_t i = 0; i < rank.size(); ++i) {
            level.vertices[index(rank[i])].x = at[i] - centre;
        }
    }
}

/// Moves parts of the drawing without a run to the rest close to it; otherwise they would drift.
void draw_near(Level& level) {
    std::vector<int> part(level.vertices.size());
    std::iota(part.begin(), part.end(), 0);
    const auto root = [&](int v) {
        while (part[index(v)] != v) v = part[index(v)];
        return v;
    };
    for (const Run& run : level.runs) {
        for (const int v : run.chain) part[index(root(v))] = root(run.chain.front());
    }
    for (std::size_t v = 0; v < part.size(); ++v) {
        const int own = static_cast<int>(v);
        if (root(own) != own || root(0) == own) continue;
        double slack = std::numeric_limits<double>::max();
        for (const auto& rank : level.ranks) {
            for (std::size_t i = 1; i < rank.size(); ++i) {
                if (root(rank[i]) != own || root(rank[i - 1]) == own) continue;
                const Vertex& left = level.vertices[index(rank[i - 1])];
                const Vertex& at = level.vertices[index(rank[i])];
                slack = std::min(slack, at.x - at.left - apart - left.right - left.x);
            }
        }
        if (slack <= 0 || slack == std::numeric_limits<double>::max()) continue;
        for (std::size_t w = 0; w < part.size(); ++w) {
            if (root(static_cast<int>(w)) == own) level.vertices[w].x -= slack;
        }
    }
}

}  // namespace

std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& weights,
                           const std::vector<double>& gaps) {
    // After subtracting the gaps, "each right of the one before" becomes "none less than the one
    // before": isotonic regression, solved exactly by pooling adjacent violators.
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
            const double straight = is_bend(upper) && is_bend(lower) ? 8 : 1;
            const double weight = run.weight * straight;
            down[static_cast<std::size_t>(upper)].push_back({lower, weight});
            up[static_cast<std::size_t>(lower)].push_back({upper, weight});
        }
    }
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
    stand_up(level);
    const std::size_t count = level.ranks.size();
    for (int round = 0; round < 60; ++round) {
        const bool one_sided = round < 12;
        for (std::size_t r = 0; r < count; ++r) settle(level.ranks[r], true, !one_sided);
        for (std::size_t r = count; r-- > 0;) settle(level.ranks[r], !one_sided, true);
    }
    draw_near(level);
    for (int round = 0; round < 3; ++round) {
        align_main_line(level);
        straighten(level);
    }
}

}  // namespace workflow::presentation
