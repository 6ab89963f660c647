#include "flow.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::process {

namespace {

/// Returns the places that some path marks, ignoring guards.
std::vector<bool> reachable_places(const Process& process) {
    std::vector<bool> marked(process.places.size(), false);
    if (process.start != none) marked[process.start] = true;
    std::vector<bool> fired(process.transitions.size(), false);
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < process.transitions.size(); ++i) {
            const auto& transition = process.transitions[i];
            if (fired[i] || !std::all_of(transition.takes.begin(), transition.takes.end(),
                                         [&](const Arc& arc) { return marked[arc.place]; }))
                continue;
            fired[i] = more = true;
            for (const auto& arc : transition.gives) marked[arc.place] = true;
        }
    }
    return marked;
}

/// Follows tokens through automatic steps only, to find loops that return to a place without any
/// act. A join that needs several branches is passed when enough of them can complete
/// automatically.
class RestlessLoops {
public:
    explicit RestlessLoops(const Process& process)
        : process_(process), state_(process.places.size(), State::unseen) {}

    /// Returns the step at which such a loop is entered, from `place` on.
    std::optional<StepIndex> from(PlaceIndex place) {
        loop_.reset();
        visit(place);
        return loop_;
    }

private:
    enum class State : std::uint8_t { unseen, open, closed };

    void visit(PlaceIndex place) {
        if (state_[place] == State::open) {
            if (!loop_) loop_ = process_.places[place].step;
            return;
        }
        if (state_[place] == State::closed) return;
        state_[place] = State::open;
        for (const auto index : process_.places[place].automatic) {
            const auto& transition = process_.transitions[index];
            // A join continues at once only if every token it takes can arrive without resting.
            if (process_.places[place].role == Place::Role::done && !passes(place, transition))
                continue;
            for (const auto& arc : transition.gives) visit(arc.place);
        }
        state_[place] = State::closed;
    }

    bool passes(PlaceIndex done, const Transition& join) const {
        std::uint16_t needed = 1;
        for (const auto& arc : join.takes)
            if (arc.place == done) needed = arc.weight;
        const auto& step = process_.steps[process_.places[done].step];
        for (const auto fork : process_.places[step.at].automatic) {
            std::uint16_t through = 0;
            for (const auto& arc : process_.transitions[fork].gives) {
                std::vector<bool> seen(process_.places.size(), false);
                if (arc.place != step.active && runs_to(arc.place, done, seen)) ++through;
            }
            if (through >= needed) return true;
        }
        return false;
    }

    bool runs_to(PlaceIndex place, PlaceIndex wanted, std::vector<bool>& seen) const {
        if (place == wanted) return true;
        if (seen[place]) return false;
        seen[place] = true;
        for (const auto index : process_.places[place].automatic) {
            const auto& transition = process_.transitions[index];
            if (process_.places[place].role == Place::Role::done && !passes(place, transition))
                continue;
            for (const auto& arc : transition.gives)
                if (runs_to(arc.place, wanted, seen)) return true;
        }
        return false;
    }

    const Process& process_;
    std::vector<State> state_;
    std::optional<StepIndex> loop_;
};

}  // namespace

void check_flow(const definition::Item& item, const Process& process, DiagnosticSink& findings) {
    const auto marked = reachable_places(process);
    const auto reached = [&](const StepInfo& step) { return bool(marked[step.at]); };
    bool ends = false;
    for (const auto& step : process.steps) {
        if (!reached(step)) {
            // Steps inside an unreachable region need no finding of their own.
            if (step.within == none || reached(process.steps[step.within]))
                findings.add("unreachable-step", step.mark,
                             fmt::format("no path leads to `{}`", step.id.text));
            continue;
        }
        if (const auto* end = process.end_at(step.at)) {
            ends = true;
            if (item.zero_refusal &&
                (end->end == EndKind::refused || end->end == EndKind::not_accepted))
                findings.add(
                    "refuses-anyway", step.mark,
                    fmt::format("this item never refuses, and can end in `{}`", step.id.text),
                    "every request gets an answer: `end: answered`");
        }
    }
    if (!ends) findings.add("no-end", item.mark, "no path through this item comes to an end");

    RestlessLoops loops(process);
    for (const auto& step : process.steps)
        if (const auto at = loops.from(step.at))
            findings.add("restless-loop", process.steps[*at].mark,
                         fmt::format("from `{}` the case can come back to it without anybody "
                                     "acting and without waiting for anything",
                                     process.steps[*at].id.text));
}

}  // namespace workflow::process
