#include "value_paths.hpp"

#include <algorithm>

namespace workflow::verify {
namespace {

constexpr std::size_t most_value_markings = 1U << 11;
constexpr std::size_t most_runs = 1U << 15;
constexpr std::size_t longest_path = 256;

}  // namespace

ValuePaths::ValuePaths(const process::Process& process, const ValueCells& cells)
    : process_(process), cells_(cells) {
    explore();
    if (complete_) spread();
}

std::optional<ValuePaths::Stuck> ValuePaths::stuck() const {
    const auto can = completable();
    for (State state = 0; state < markings_.size(); ++state)
        if (const auto values = reached_[state] & ~can[state]; values != 0)
            return Stuck{markings_[state], values, way_to(state, values)};
    return {};
}

bool ValuePaths::enabled(Index transition, const Marking& marking) const {
    const auto& takes = process_.transitions[transition].takes;
    return std::all_of(takes.begin(), takes.end(),
                       [&](const auto& arc) { return marking[arc.place] >= arc.weight; });
}

void ValuePaths::fire(Index transition, Run& run) const {
    const auto& moved = process_.transitions[transition];
    for (const auto& arc : moved.takes)
        run.marking[arc.place] = static_cast<std::uint8_t>(run.marking[arc.place] - arc.weight);
    for (const auto place : moved.clears) run.marking[place] = 0;
    for (const auto& arc : moved.gives) {
        run.marking[arc.place] = static_cast<std::uint8_t>(run.marking[arc.place] + arc.weight);
        if (!process_.places[arc.place].automatic.empty()) run.fresh.push_back(arc.place);
    }
    run.path.push_back(transition);
}

/// Returns each sequence of automatic transitions until the case rests. Values for which no branch
/// holds are refused, and left out.
std::vector<ValuePaths::Run> ValuePaths::to_rest(Run first) {
    std::vector<Run> ahead{std::move(first)}, rested;
    while (!ahead.empty()) {
        auto run = std::move(ahead.back());
        ahead.pop_back();
        if (++runs_ > most_runs || run.path.size() > longest_path) {
            complete_ = false;
            return {};
        }
        if (run.next == run.fresh.size()) {
            run.fresh.clear();
            run.next = 0;
            rested.push_back(std::move(run));
            continue;
        }
        const auto place = run.fresh[run.next++];
        if (run.marking[place] > 0)
            go_on(run, place, ahead);
        else
            ahead.push_back(std::move(run));
    }
    return rested;
}

void ValuePaths::go_on(Run& run, process::PlaceIndex place, std::vector<Run>& ahead) {
    const auto& at = process_.places[place];
    const auto come = run.values;
    for (const auto index : at.automatic) {
        if (!enabled(index, run.marking)) continue;
        tell(index, come, run.values & cells_.may(index));
        if (const auto taken = run.values & cells_.may(index); taken != 0) {
            auto one = run;
            one.values = taken;
            fire(index, one);
            ahead.push_back(std::move(one));
        }
        if (!at.sample) run.values &= ~cells_.must(index);
    }
    // A join waits for other branches; a choice has nothing to wait for.
    if (run.values != 0 && at.role != process::Place::Role::at) ahead.push_back(std::move(run));
}

void ValuePaths::explore() {
    Run opening;
    opening.marking.resize(process_.places.size());
    opening.marking[process_.start] = 1;
    opening.values = cells_.at_opening();
    if (!process_.places[process_.start].automatic.empty()) opening.fresh.push_back(process_.start);
    arrive(to_rest(opening));
    for (State state = 0; complete_ && state < markings_.size(); ++state) {
        if (is_final(markings_[state])) continue;
        state_ = state;
        act(Marking(markings_[state]));
    }
}

void ValuePaths::act(const Marking& marking) {
    Run here;
    here.marking = marking;
    std::vector<Index> supplied;
    ValueCells::Fields asked = 0;
    for (std::size_t i = 0; i < marking.size(); ++i) {
        if (marking[i] == 0) continue;
        const auto& place = process_.places[i];
        if (const auto* task = std::get_if<process::TaskActivity>(&place.activity))
            for (const auto outcome : task->outcomes) complete(here, outcome, written_at(*task));
        if (const auto* wait = std::get_if<process::WaitActivity>(&place.activity);
            wait && wait->supplied != process::none) {
            if (wait->for_applicant) {
                supplied.push_back(wait->supplied);
                asked |= wait->asks.empty() ? cells_.of_applicant() : cells_.fields_in(wait->asks);
            } else {
                complete(here, wait->supplied, 0);
            }
        }
        for (const auto timer : place.timers)
            if (enabled(timer, marking)) wait(here, timer);
    }
    if (!supplied.empty()) supply(here, supplied, asked);
}

/// Returns the fields that a task may write. The intake task may correct what the applicant gave.
ValueCells::Fields ValuePaths::written_at(const process::TaskActivity& task) const {
    const auto own = cells_.fields_in(task.writes);
    return task.duty.text == "intake" ? own | cells_.of_applicant() : own;
}

void ValuePaths::wait(const Run& here, Index timer) {
    change_ = {};
    auto run = here;
    run.values = cells_.may(timer) & cells_.allowed();
    tell(timer, cells_.allowed(), run.values);
    fire(timer, run);
    arrive(to_rest(std::move(run)));
}

void ValuePaths::complete(Run run, Index outcome, ValueCells::Fields writes) {
    if (!enabled(outcome, run.marking)) return;
    const auto possible = cells_.allowed() & cells_.may(outcome);
    change_ = {writes, process::none};
    tell(outcome, cells_.allowed(), possible);
    change_.outcome = outcome;
    run.values = cells_.after(possible, process_.transitions[outcome]);
    fire(outcome, run);
    if (run.values != 0) arrive(to_rest(std::move(run)));
}

/// A supply by the applicant answers all steps that wait for it.
void ValuePaths::supply(Run run, const std::vector<Index>& waits, ValueCells::Fields writes) {
    change_ = {writes, process::none};
    run.values = cells_.allowed();
    std::vector<Run> now{std::move(run)};
    for (const auto wait : waits) {
        std::vector<Run> after;
        for (auto& one : now) {
            if (!enabled(wait, one.marking)) {
                after.push_back(std::move(one));
                continue;
            }
            tell(wait, one.values, one.values);
            fire(wait, one);
            for (auto& rested : to_rest(std::move(one))) after.push_back(std::move(rested));
        }
        now = std::move(after);
    }
    arrive(std::move(now));
}

/// Records that the transition is possible with `values`, and fires with the values in `taken`.
void ValuePaths::tell(Index index, ValueSet values, ValueSet taken) {
    tries_.push_back({index, state_, change_, values, taken});
}

void ValuePaths::arrive(std::vector<Run> rested) {
    for (auto& run : rested) {
        const auto [known, is_new] =
            numbers_.emplace(run.marking, static_cast<State>(markings_.size()));
        if (is_new) {
            markings_.push_back(run.marking);
            complete_ = complete_ && markings_.size() <= most_value_markings;
        }
        edges_.push_back({state_, known->second, change_, run.values, std::move(run.path)});
    }
}

bool ValuePaths::is_final(const Marking& marking) const {
    for (std::size_t place = 0; place < marking.size(); ++place)
        if (marking[place] > 0 && process_.end_at(static_cast<process::PlaceIndex>(place)))
            return true;
    return false;
}

ValueSet ValuePaths::made(ValueSet before, const Change& change) const {
    const auto written = cells_.rewritten(before, change.writes);
    if (change.outcome == process::none) return written;
    return cells_.after(written & cells_.may(change.outcome), process_.transitions[change.outcome]);
}

/// Returns the values from which the change can produce one of `after`.
ValueSet ValuePaths::unmade(ValueSet after, const Change& change) const {
    if (change.outcome != process::none)
        after =
            cells_.before(after, process_.transitions[change.outcome]) & cells_.may(change.outcome);
    return cells_.rewritten(after & cells_.allowed(), change.writes);
}

/// Returns those of `values` with which a case leaves the activity.
ValueSet ValuePaths::come(State from, const Change& change, ValueSet values) const {
    return from == before_opening ? values : made(reached_[from], change) & values;
}

void ValuePaths::spread() {
    reached_.resize(markings_.size());
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            const auto fresh =
                come(edges_[e].from, edges_[e].change, edges_[e].values) & ~reached_[edges_[e].to];
            if (fresh == 0) continue;
            reached_[edges_[e].to] |= fresh;
            arrivals_.push_back({fresh, e});
            changed = true;
        }
    }
    use_.resize(process_.transitions.size());
    const auto is = [&](Index index, Use use) { use_[index] = std::max(use_[index], use); };
    for (const auto& one : tries_) {
        if (come(one.from, one.change, one.values) != 0) is(one.index, Use::never);
        if (come(one.from, one.change, one.taken) != 0) is(one.index, Use::refused);
    }
    for (const auto& edge : edges_)
        if (come(edge.from, edge.change, edge.values) != 0)
            for (const auto index : edge.path) is(index, Use::taken);
}

std::vector<ValueSet> ValuePaths::completable() const {
    std::vector<ValueSet> can(markings_.size());
    for (State state = 0; state < markings_.size(); ++state)
        if (is_final(markings_[state])) can[state] = cells_.all();
    for (bool changed = true; changed;) {
        changed = false;
        for (auto edge = edges_.rbegin(); edge != edges_.rend(); ++edge) {
            if (edge->from == before_opening) continue;
            const auto ways = unmade(edge->values & can[edge->to], edge->change);
            changed = changed || (ways & ~can[edge->from]) != 0;
            can[edge->from] |= ways;
        }
    }
    return can;
}

/// Returns a path on which a case with some of these values reaches the state.
ValuePaths::Path ValuePaths::way_to(State state, ValueSet values) const {
    Path way;
    auto end = arrivals_.size();
    while (end > 0) {
        // Each arrival depends only on earlier ones.
        std::size_t first = 0;
        while (first < end &&
               (edges_[arrivals_[first].by].to != state || (arrivals_[first].values & values) == 0))
            ++first;
        if (first == end) break;
        const auto& edge = edges_[arrivals_[first].by];
        way.insert(way.begin(), edge.path.begin(), edge.path.end());
        if (edge.from == before_opening) break;
        values = unmade(arrivals_[first].values & values, edge.change);
        state = edge.from;
        end = first;
    }
    return way;
}

}  // namespace workflow::verify
