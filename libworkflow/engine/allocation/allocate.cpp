#include "allocate.hpp"

#include <algorithm>
#include <vector>

#include "draw.hpp"
#include "draw_word.hpp"

namespace workflow::engine {

namespace {

/// Returns the indexes of the candidates who hold the fewest tasks.
std::vector<std::size_t> shortest(const std::vector<std::uint32_t>& queues) {
    const auto least = *std::min_element(queues.begin(), queues.end());
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < queues.size(); ++i)
        if (queues[i] == least) found.push_back(i);
    return found;
}

/// Returns the highest-ranked of some of the candidates. Queue lengths can be manipulated, so they
/// only restrict the candidates and never affect the draw itself.
std::size_t highest_of(const std::vector<std::size_t>& some, const TaskDrawn& drawn,
                       const Digest& seed) {
    std::vector<OfficerId> officers;
    for (const auto index : some) officers.push_back(drawn.candidates[index]);
    return some[highest_ranked(seed, officers, {})];
}

}  // namespace

void allocate(Draft& draft, Allocation way, const StepId& step, TaskDrawn& drawn) {
    drawn.by = way;
    if (drawn.candidates.empty()) return;
    Digest seed{};
    if (way == Allocation::round_robin) {
        if (draft.facts.last_turn) drawn.last = draft.facts.last_turn(step);
    } else {
        if (way == Allocation::shortest_queue)
            for (const auto& id : drawn.candidates)
                drawn.figures.push_back(draft.facts.held ? draft.facts.held(id) : 0);
        const auto lot = draft.draw_lot(step);
        seed = lot.seed;
        drawn.entropy = word_of(seed);
        drawn.keys = lot.keys;
        drawn.scheme = DrawScheme::rendezvous;
        drawn.keyed_on = draft.keyed_on;
        drawn.round = draft.round;
    }
    drawn.officer = drawn.candidates[chosen_by(drawn, seed)];
}

std::size_t chosen_by(const TaskDrawn& drawn, const Digest& seed) {
    const auto& candidates = drawn.candidates;
    const bool figured = drawn.figures.size() == candidates.size();
    const bool ranked = drawn.scheme == DrawScheme::rendezvous;
    if (candidates.empty()) return 0;
    switch (drawn.by) {
        case Allocation::draw:
            if (!drawn.figures.empty() && !figured) break;
            return ranked ? highest_ranked(seed, candidates, drawn.figures)
                          : pick(drawn.entropy, candidates.size(), drawn.figures);
        case Allocation::shortest_queue: {
            if (!figured) break;
            const auto least = shortest(drawn.figures);
            return ranked ? highest_of(least, drawn, seed)
                          : least[pick(drawn.entropy, least.size())];
        }
        case Allocation::round_robin: {
            const auto next = std::upper_bound(candidates.begin(), candidates.end(), drawn.last);
            return next == candidates.end() ? 0
                                            : static_cast<std::size_t>(next - candidates.begin());
        }
    }
    return candidates.size();
}

}  // namespace workflow::engine
