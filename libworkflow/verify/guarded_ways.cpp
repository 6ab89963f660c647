#include "guarded_ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "../feel/constant_tests.hpp"
#include "acts.hpp"
#include "value_cells.hpp"

namespace workflow::verify {
namespace {

using process::Place;
using process::Process;
using process::Transition;
using Index = workflow::TransitionIndex;
using Trigger = Transition::Trigger;

constexpr std::size_t most_markings = 1U << 11;
constexpr std::size_t most_runs = 1U << 15;
constexpr std::size_t longest_path = 256;

using Marking = std::vector<std::uint8_t>;
using Path = std::vector<Index>;

/// An act and what goes on by itself after it, with the values for which it goes that way: what
/// the engine's `run` does (engine/fire.hpp), for all values at once.
struct Run {
    Marking marking;
    ValueSet values = 0;
    Path path;
    std::vector<process::PlaceIndex> fresh;
    std::size_t next = 0;
};

class Ways {
public:
    using State = std::uint32_t;

    Ways(const Process& process, const ValueCells& cells) : process_(process), cells_(cells) {
        explore();
        if (complete_) spread();
    }

    [[nodiscard]] bool complete() const { return complete_; }
    enum class Use : std::uint8_t {
        unknown,  ///< no case comes to where it is asked for
        never,    ///< no values that a case comes there with allow it
        refused,  ///< behind it no branch holds
        taken
    };
    [[nodiscard]] Use use(Index transition) const { return use_[transition]; }

    struct Stuck {
        Marking marking;
        ValueSet values = 0;
        Path way;
    };
    /// One of the nearest: where no end can be reached with these values.
    [[nodiscard]] std::optional<Stuck> stuck() const {
        const auto can = completable();
        for (State state = 0; state < markings_.size(); ++state)
            if (const auto values = reached_[state] & ~can[state]; values != 0)
                return Stuck{markings_[state], values, way_to(state, values)};
        return {};
    }

private:
    struct Edge {
        State from = 0, to = 0;
        ValueSet values = 0;
        bool keeps = false;  ///< nobody says anything new: the values stay
        Path path;
    };
    static constexpr State before_opening = 0xffffffff;

    // --- one act -------------------------------------------------------------------------------

    bool enabled(Index transition, const Marking& marking) const {
        const auto& takes = process_.transitions[transition].takes;
        return std::all_of(takes.begin(), takes.end(),
                           [&](const auto& arc) { return marking[arc.place] >= arc.weight; });
    }

    void fire(Index transition, Run& run) const {
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

    /// Each way to come to rest; values for which no branch holds are refused, and left out.
    std::vector<Run> to_rest(Run first) {
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

    void go_on(Run& run, process::PlaceIndex place, std::vector<Run>& ahead) {
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
            run.values &= ~cells_.must(index);
        }
        // A join waits for more; a choice has nothing to wait for.
        if (run.values != 0 && at.role != Place::Role::at) ahead.push_back(std::move(run));
    }

    // --- all acts ------------------------------------------------------------------------------

    void explore() {
        Run opening;
        opening.marking.resize(process_.places.size());
        opening.marking[process_.start] = 1;
        opening.values = cells_.at_opening();
        if (!process_.places[process_.start].automatic.empty())
            opening.fresh.push_back(process_.start);
        arrive(to_rest(opening));
        for (State state = 0; complete_ && state < markings_.size(); ++state) {
            if (is_final(markings_[state])) continue;
            state_ = state;
            act(markings_[state]);
        }
    }

    void act(Marking marking) {
        Run here;
        here.marking = marking;
        std::vector<Index> supplied;
        for (std::size_t i = 0; i < marking.size(); ++i) {
            if (marking[i] == 0) continue;
            const auto& place = process_.places[i];
            if (const auto* task = std::get_if<process::TaskActivity>(&place.activity))
                for (const auto outcome : task->outcomes) complete(here, outcome);
            if (const auto* wait = std::get_if<process::WaitActivity>(&place.activity);
                wait && wait->supplied != process::none) {
                if (wait->for_applicant)
                    supplied.push_back(wait->supplied);
                else
                    complete(here, wait->supplied);
            }
            for (const auto timer : place.timers) {
                if (!enabled(timer, marking)) continue;
                keeps_ = true;
                auto run = here;
                run.values = cells_.may(timer);
                tell(timer, cells_.all(), run.values);
                fire(timer, run);
                arrive(to_rest(std::move(run)));
                keeps_ = false;
            }
        }
        if (!supplied.empty()) supply(here, supplied);
    }

    void complete(Run run, Index outcome) {
        if (!enabled(outcome, run.marking)) return;
        const auto allowed = cells_.chosen() & cells_.may(outcome);
        tell(outcome, cells_.chosen(), allowed);
        run.values = cells_.after(allowed, process_.transitions[outcome]);
        fire(outcome, run);
        if (run.values != 0) arrive(to_rest(std::move(run)));
    }

    /// What the applicant brings answers all steps that wait for him.
    void supply(Run run, const std::vector<Index>& waits) {
        run.values = cells_.chosen();
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

    /// It is asked whether it can be taken with `values`, and it is with those `taken`.
    void tell(Index index, ValueSet values, ValueSet taken) {
        tries_.push_back({index, state_, keeps_, values, taken});
    }

    void arrive(std::vector<Run> rested) {
        for (auto& run : rested) {
            const auto [known, is_new] =
                numbers_.emplace(run.marking, static_cast<State>(markings_.size()));
            if (is_new) {
                markings_.push_back(run.marking);
                complete_ = complete_ && markings_.size() <= most_markings;
            }
            edges_.push_back({state_, known->second, run.values, keeps_, std::move(run.path)});
        }
    }

    bool is_final(const Marking& marking) const {
        for (std::size_t place = 0; place < marking.size(); ++place)
            if (marking[place] > 0 && process_.end_at(static_cast<process::PlaceIndex>(place)))
                return true;
        return false;
    }

    // --- what values come where ----------------------------------------------------------------

    /// Those of `values` with which a case comes to the act.
    [[nodiscard]] ValueSet come(State from, bool keeps, ValueSet values) const {
        if (from == before_opening) return values;
        const auto before = reached_[from];
        return keeps ? before & values : before != 0 ? values : 0;
    }
    [[nodiscard]] ValueSet come(const Edge& edge) const {
        return come(edge.from, edge.keeps, edge.values);
    }

    void spread() {
        reached_.resize(markings_.size());
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t e = 0; e < edges_.size(); ++e) {
                const auto fresh = come(edges_[e]) & ~reached_[edges_[e].to];
                if (fresh == 0) continue;
                reached_[edges_[e].to] |= fresh;
                arrivals_.push_back({fresh, e});
                changed = true;
            }
        }
        use_.resize(process_.transitions.size());
        const auto is = [&](Index index, Use use) { use_[index] = std::max(use_[index], use); };
        for (const auto& one : tries_) {
            if (come(one.from, one.keeps, one.values) != 0) is(one.index, Use::never);
            if (come(one.from, one.keeps, one.taken) != 0) is(one.index, Use::refused);
        }
        for (const auto& edge : edges_)
            if (come(edge) != 0)
                for (const auto index : edge.path) is(index, Use::taken);
    }

    [[nodiscard]] std::vector<ValueSet> completable() const {
        std::vector<ValueSet> can(markings_.size());
        for (State state = 0; state < markings_.size(); ++state)
            if (is_final(markings_[state])) can[state] = cells_.all();
        for (bool changed = true; changed;) {
            changed = false;
            for (auto edge = edges_.rbegin(); edge != edges_.rend(); ++edge) {
                if (edge->from == before_opening) continue;
                auto ways = edge->values & can[edge->to];
                if (!edge->keeps && ways != 0) ways = cells_.all();
                changed = changed || (ways & ~can[edge->from]) != 0;
                can[edge->from] |= ways;
            }
        }
        return can;
    }

    /// A way on which a case of some of these values comes there.
    [[nodiscard]] Path way_to(State state, ValueSet values) const {
        Path way;
        auto end = arrivals_.size();
        while (end > 0) {
            // Each arrival was made possible by those before it.
            std::size_t first = 0;
            while (first < end && (edges_[arrivals_[first].by].to != state ||
                                   (arrivals_[first].values & values) == 0))
                ++first;
            if (first == end) break;
            const auto& edge = edges_[arrivals_[first].by];
            way.insert(way.begin(), edge.path.begin(), edge.path.end());
            if (edge.from == before_opening) break;
            values = edge.keeps ? arrivals_[first].values & values : cells_.all();
            state = edge.from;
            end = first;
        }
        return way;
    }

    struct Try {
        Index index = 0;
        State from = 0;
        bool keeps = false;
        ValueSet values = 0, taken = 0;
    };
    struct Arrival {
        ValueSet values = 0;
        std::size_t by = 0;  ///< an edge
    };

    const Process& process_;
    const ValueCells& cells_;
    bool complete_ = true;
    std::size_t runs_ = 0;
    State state_ = before_opening;  // what is acted at
    bool keeps_ = false;
    std::vector<Try> tries_;
    std::vector<Use> use_;  // by transition
    std::map<Marking, State> numbers_;
    std::vector<Marking> markings_;
    std::vector<Edge> edges_;
    std::vector<ValueSet> reached_;  // by state
    std::vector<Arrival> arrivals_;  // in the order in which they were found
};

/// Told where the item was compiled: impossible, or an earlier branch always is (WF0422).
bool is_told(const Process& process, const ValueCells& cells, Index index) {
    const auto& transition = process.transitions[index];
    const auto regions = feel::constant_condition(transition.guard);
    if (!regions) return false;
    const auto nothing = [](const auto& one) { return one.second.empty(); };
    if (std::all_of(regions->begin(), regions->end(), [&](const auto& region) {
            return std::any_of(region.begin(), region.end(), nothing);
        }))
        return true;
    if (transition.trigger != Trigger::automatic) return false;
    for (const auto earlier : process.places[transition.takes.front().place].automatic) {
        if (earlier == index) break;
        if ((cells.may(index) & ~cells.must(earlier)) == 0) return true;
    }
    return false;
}

void tell_never(const Process& process, Index index, bool refused, Findings& findings) {
    const auto& transition = process.transitions[index];
    const auto& step = process.step_at(transition.takes.front().place).id.text;
    const auto mark = transition.guard ? transition.guard_mark : transition.mark;
    if (refused)
        findings.add("never-possible", mark,
                     fmt::format("`{}` is always refused: no branch behind it holds",
                                 name_of(process, index)),
                     "add a branch for the values that it leaves, or delete it");
    else if (transition.trigger != Trigger::automatic)
        findings.add(
            "never-possible", mark,
            fmt::format("no values that a case can have allow `{}`", name_of(process, index)),
            "mend the condition, or delete the outcome");
    else if (transition.guard)
        findings.add("never-possible", mark,
                     fmt::format("`{}` is not true of any case that comes to `{}` and for which "
                                 "no earlier branch holds",
                                 transition.guard_text, step),
                     "mend the condition, or delete the branch");
    else
        findings.add("never-possible", mark,
                     fmt::format("nothing is left over for `otherwise`: of every case that comes "
                                 "to `{}` an earlier branch holds",
                                 step),
                     "delete it, or mend the branches before it");
}

/// The steps gone through, the last ones of a long way.
std::string steps_of(const Process& process, const Path& path) {
    constexpr std::size_t most = 8;
    std::vector<std::string> steps;
    for (const auto index : path) {
        const auto& id = process.step_at(process.transitions[index].takes.front().place).id.text;
        if (steps.empty() || steps.back() != id) steps.push_back(id);
    }
    const auto first = steps.size() - std::min(most, steps.size());
    return fmt::format(
        "{}{}", first > 0 ? "... -> " : "",
        fmt::join(steps.begin() + static_cast<std::ptrdiff_t>(first), steps.end(), " -> "));
}

void tell_stuck(const Process& process, const ValueCells& cells, const Ways::Stuck& stuck,
                Findings& findings) {
    const auto* at = &process.step_at(process.start);
    for (std::size_t place = 0; place < stuck.marking.size(); ++place)
        if (stuck.marking[place] > 0 && process.places[place].role == Place::Role::at)
            at = &process.steps[process.places[place].step];
    const auto values = cells.words(stuck.values);
    findings.add(
        "no-way-out", at->mark,
        fmt::format(
            "from `{}` no end can be reached{}{}", at->id.text,
            values.empty() ? "" : " with " + values,
            stuck.way.empty() ? "" : "; a case comes here by " + steps_of(process, stuck.way)),
        "add an outcome, a branch or a limit that leads on");
}

}  // namespace

bool check_guarded_ways(const Process& process, Findings& findings) {
    const ValueCells cells(process);
    if (!cells.any()) return true;
    const Ways ways(process, cells);
    if (!ways.complete()) return true;
    for (Index index = 0; index < process.transitions.size(); ++index) {
        const auto use = ways.use(index);
        if (use != Ways::Use::never && use != Ways::Use::refused) continue;
        if (is_visible(process, index) && !is_told(process, cells, index))
            tell_never(process, index, use == Ways::Use::refused, findings);
    }
    const auto stuck = ways.stuck();
    if (stuck) tell_stuck(process, cells, *stuck, findings);
    return !stuck;
}

}  // namespace workflow::verify
