#include "conform.hpp"

#include <algorithm>
#include <stdexcept>

namespace workflow::report {

using process::Transition;

std::string_view to_string(Deviation::Kind kind) {
    switch (kind) {
        case Deviation::Kind::missing_step:
            return "missing_step";
        case Deviation::Kind::extra_step:
            return "extra_step";
        case Deviation::Kind::wrong_order:
            return "wrong_order";
    }
    return {};
}

namespace {

/// An outcome that may be taken more often than this is not counted.
constexpr std::uint32_t most_counted = 200;

bool fire(const ReplayNet::Move& move, std::string& tokens) {
    const auto count = [&](std::uint16_t place) {
        return static_cast<unsigned char>(tokens[place]);
    };
    for (const auto& [place, weight] : move.takes)
        if (count(place) < weight) return false;
    for (const auto& [place, weight] : move.takes)
        tokens[place] = static_cast<char>(count(place) - weight);
    for (const auto place : move.clears) tokens[place] = 0;
    for (const auto& [place, weight] : move.gives) {
        if (count(place) + weight > 0xff) return false;
        tokens[place] = static_cast<char>(count(place) + weight);
    }
    return true;
}

}  // namespace

ReplayNet::ReplayNet(const process::Process& process) {
    start.assign(process.places.size(), 0);
    if (process.start != process::none) start[process.start] = 1;
    for (process::PlaceIndex place = 0; place < process.places.size(); ++place)
        if (process.end_at(place)) ends.push_back(place);
    for (std::size_t t = 0; t < process.transitions.size(); ++t) {
        const auto& from = process.transitions[t];
        Move move;
        move.transition = static_cast<TransitionIndex>(t);
        for (const auto& arc : from.takes)
            move.takes.emplace_back(arc.place, static_cast<std::uint8_t>(arc.weight));
        for (const auto& arc : from.gives)
            move.gives.emplace_back(arc.place, static_cast<std::uint8_t>(arc.weight));
        move.clears = from.clears;
        move.seen = from.trigger == Transition::Trigger::outcome;
        move.of_itself = !move.seen && from.trigger != Transition::Trigger::withdraw;
        if (from.at_most && *from.at_most <= most_counted) {
            move.takes.emplace_back(static_cast<std::uint16_t>(start.size()), 1);
            start += static_cast<char>(*from.at_most);
        }
        moves.push_back(std::move(move));
    }
}

Conformance::Conformance(const process::Process& process, Options options)
    : net_(process), options_(options) {
    if (options_.unfinished) return;
    // The shortest path: what is missing in an empty trace.
    Variant nothing;
    align(nothing);
    shortest_ = nothing.steps;
}

Activity Conformance::add(std::vector<TransitionIndex> stands_for) {
    if (stands_for_.size() == 0xffff)
        throw std::length_error("a log of more than 65,535 activities");
    auto& moves = stands_for_.emplace_back(net_.moves.size());
    for (std::size_t move = 0; move < net_.moves.size(); ++move)
        moves[move] = std::find(stands_for.begin(), stands_for.end(),
                                net_.moves[move].transition) != stands_for.end();
    return static_cast<Activity>(stands_for_.size() - 1);
}

std::optional<TransitionIndex> Conformance::stands_for(Activity activity) const {
    const auto& moves = stands_for_[activity];
    const auto first = std::find(moves.begin(), moves.end(), true);
    if (first == moves.end()) return {};
    return net_.moves[static_cast<std::size_t>(first - moves.begin())].transition;
}

Variant& Conformance::check(std::u16string_view trace) {
    auto known = known_.find(trace);
    if (known == known_.end()) {
        auto& variant = variants_.emplace_back();
        variant.trace = trace;
        align(variant);
        known = known_.emplace(variant.trace, &variant).first;
    }
    ++known->second->cases;
    return *known->second;
}

double Conformance::fitness(const Variant& variant) const {
    const auto worst = variant.trace.size() + shortest_;
    return worst == 0 ? 1 : 1 - static_cast<double>(variant.steps) / static_cast<double>(worst);
}

double Conformance::fitness() const {
    double steps = 0, worst = 0;
    for (const auto& variant : variants_) {
        if (!variant.decided) continue;
        const auto cases = static_cast<double>(variant.cases);
        steps += cases * variant.steps;
        worst += cases * static_cast<double>(variant.trace.size() + shortest_);
    }
    return worst == 0 ? 1 : 1 - steps / worst;
}

bool Conformance::may_be(Activity activity, std::uint32_t move) const {
    return stands_for_[activity][move];
}

std::uint32_t Conformance::marking_of(const std::string& tokens) {
    const auto known = numbers_.find(tokens);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(markings_.size());
    auto& marking = markings_.emplace_back();
    marking.tokens = tokens;
    marking.ends = std::any_of(net_.ends.begin(), net_.ends.end(),
                               [&](std::uint16_t place) { return tokens[place] != 0; });
    numbers_.emplace(marking.tokens, number);
    return number;
}

const std::vector<Conformance::Successor>& Conformance::successors_of(std::uint32_t number) {
    if (!markings_[number].successors) {
        std::vector<Successor> found;
        // An end ends the case, regardless of other tokens.
        for (std::uint32_t move = 0; move < net_.moves.size() && !markings_[number].ends; ++move) {
            auto tokens = markings_[number].tokens;
            if (fire(net_.moves[move], tokens)) found.push_back({move, marking_of(tokens)});
        }
        markings_[number].successors = std::move(found);
    }
    return *markings_[number].successors;
}

/// Dijkstra's search over markings and positions. Steps cost zero or one, so a double-ended queue
/// keeps the order: states without cost are visited next, and a trace that fits is followed as if
/// it were replayed.
void Conformance::align(Variant& variant) {
    const auto length = static_cast<std::uint32_t>(variant.trace.size());
    std::vector<Step> states;
    std::unordered_map<std::uint64_t, std::uint32_t> known;
    std::deque<std::pair<std::uint32_t, std::uint32_t>> waiting;  // state, its cost when put there
    const auto reach = [&](std::uint32_t marking, std::uint32_t position, std::uint32_t before,
                           std::uint32_t move, bool event, std::uint32_t cost, bool first) {
        const auto key = std::uint64_t{marking} * (length + 1) + position;
        const auto [at, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(states.size()));
        if (fresh)
            states.push_back({marking, position, before, move, event, cost});
        else if (states[at->second].cost > cost)
            states[at->second] = {marking, position, before, move, event, cost};
        else
            return;
        if (first)
            waiting.emplace_front(at->second, cost);
        else
            waiting.emplace_back(at->second, cost);
    };
    reach(marking_of(net_.start), 0, no_move, no_move, false, 0, true);
    while (!waiting.empty()) {
        if (states.size() > options_.most_states || markings_.size() > options_.most_markings)
            break;
        const auto [number, cost] = waiting.front();
        waiting.pop_front();
        const auto state = states[number];
        if (state.cost < cost) continue;
        if (state.position == length && (options_.unfinished || markings_[state.marking].ends)) {
            std::vector<Step> way;
            for (auto at = number; states[at].before != no_move; at = states[at].before)
                way.push_back(states[at]);
            std::reverse(way.begin(), way.end());
            variant.steps = cost;
            explain(variant, way);
            return;
        }
        const auto& successors = successors_of(state.marking);
        const bool more = state.position < length;
        if (more) reach(state.marking, state.position + 1, number, no_move, true, cost + 1, false);
        for (const auto& [move, marking] : successors)
            if (net_.moves[move].seen)
                reach(marking, state.position, number, move, false, cost + 1, false);
        for (const auto& [move, marking] : successors)
            if (net_.moves[move].of_itself)
                reach(marking, state.position, number, move, false, cost, true);
        if (!more) continue;
        for (const auto& [move, marking] : successors)
            if (may_be(variant.trace[state.position], move))
                reach(marking, state.position + 1, number, move, true, cost, true);
    }
    variant.decided = false;
}

void Conformance::explain(Variant& variant, const std::vector<Step>& way) const {
    for (const auto& step : way) {
        const bool alone = step.move == no_move;
        if (!alone && (step.event || !net_.moves[step.move].seen)) continue;
        Deviation found;
        if (alone) {
            found.kind = Deviation::Kind::extra_step;
            found.position = step.position;
            found.activity = variant.trace[step.position - 1];
        } else {
            found.kind = Deviation::Kind::missing_step;
            found.position = step.position + 1;
            found.transition = net_.moves[step.move].transition;
        }
        // A step that is extra in one place and missing in another is out of order.
        const auto other = std::find_if(
            variant.deviations.begin(), variant.deviations.end(), [&](const Deviation& earlier) {
                if (earlier.kind == found.kind || earlier.kind == Deviation::Kind::wrong_order)
                    return false;
                const auto& event = alone ? found : earlier;
                const auto& missing = alone ? earlier : found;
                return may_be(event.activity, missing.transition);
            });
        if (other == variant.deviations.end()) {
            variant.deviations.push_back(found);
            continue;
        }
        const auto& event = alone ? found : *other;
        const auto& missing = alone ? *other : found;
        *other = {Deviation::Kind::wrong_order, event.position, event.activity, missing.transition,
                  missing.position};
    }
    std::stable_sort(
        variant.deviations.begin(), variant.deviations.end(),
        [](const Deviation& a, const Deviation& b) { return a.position < b.position; });
}

}  // namespace workflow::report
