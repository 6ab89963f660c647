#include "allot.hpp"

#include <algorithm>
#include <vector>

#include "draw.hpp"

namespace workflow::engine {

namespace {

/// The candidates who hold the fewest tasks, by index.
std::vector<std::size_t> shortest(const std::vector<std::uint32_t>& queues) {
    const auto least = *std::min_element(queues.begin(), queues.end());
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < queues.size(); ++i)
        if (queues[i] == least) found.push_back(i);
    return found;
}

}  // namespace

void allot(Draft& draft, Allotment way, const StepId& step, TaskDrawn& drawn) {
    drawn.by = way;
    if (drawn.candidates.empty()) return;
    switch (way) {
        case Allotment::draw:
            return allot_by_draw(draft, step, drawn);
        case Allotment::shortest_queue:
            return allot_to_shortest_queue(draft, step, drawn);
        case Allotment::round_robin:
            return allot_in_turn(draft, step, drawn);
    }
}

std::size_t chosen_by(const TaskDrawn& drawn) {
    const auto& candidates = drawn.candidates;
    const bool figured = drawn.figures.size() == candidates.size();
    if (candidates.empty()) return 0;
    switch (drawn.by) {
        case Allotment::draw:
            if (!drawn.figures.empty() && !figured) break;
            return pick(drawn.entropy, candidates.size(), drawn.figures);
        case Allotment::shortest_queue: {
            if (!figured) break;
            const auto least = shortest(drawn.figures);
            return least[pick(drawn.entropy, least.size())];
        }
        case Allotment::round_robin: {
            const auto next = std::upper_bound(candidates.begin(), candidates.end(), drawn.last);
            return next == candidates.end() ? 0
                                            : static_cast<std::size_t>(next - candidates.begin());
        }
    }
    return candidates.size();
}

}  // namespace workflow::engine
