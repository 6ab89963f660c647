#include "critical_path.hpp"

#include <algorithm>
#include <map>

#include "../calendar/legal_clock.hpp"

namespace workflow::verify {
namespace {

using process::none;
using process::Process;
using process::StepIndex;

/// One number for each day of the beginning, or a single number for all days.
using Days = std::vector<std::int32_t>;

/// The days from the first to the last year of the calendar, and additional days for a long case.
struct Horizon {
    Date first;
    std::size_t asked = 0, all = 0;
};

Horizon horizon_of(const WorkingDays& calendar) {
    constexpr int from = 2000, to = 2100;
    int first = 0, last = 0;
    for (int year = from; year < to; ++year)
        if (calendar.covers(*date_of(year, 7, 1))) {
            if (first == 0) first = year;
            last = year;
        }
    if (first == 0) first = 2026, last = 2028;
    const auto begin = *date_of(first, 1, 1), end = *date_of(last, 12, 31);
    const auto asked = static_cast<std::size_t>(end.days - begin.days) + 1;
    return {begin, asked, asked + 400};
}

/// The time of a step itself: how much of the limit it uses, by the day on which it begins.
struct Duration {
    Days days;
    bool any_day = false;  ///< the clock is paused: it continues at no cost on any day
    /// the day on which it is over, if `days` alone does not determine it
    std::vector<std::size_t> ends;
};

struct Edge {
    StepIndex to = none;  ///< none: the target leaves the branch, stage or case
    Duration takes;
};

/// The point at which the limits of the case begin to run: a step, or the time-out that leads
/// there.
struct Start {
    StepIndex at = none, before = none;
    Duration takes;  ///< the time of `before`, if there is one
};

/// The maximum number of step evaluations; real items need some ten. Beyond this there are so many
/// loops that the critical path is not computed.
constexpr std::size_t most_attempts = 20'000;

class Timing {
public:
    Timing(const Process& process, const WorkingDays& calendar, Limit limit)
        : process_(process),
          calendar_(calendar),
          unit_(limit.unit == LimitUnit::workdays ? LimitUnit::workdays : LimitUnit::days),
          horizon_(horizon_of(calendar)) {
        mixed_ = limit.unit != LimitUnit::workdays;  // it ends on a working day
        for (const auto& step : process.steps) mixed_ = mixed_ || differs(step.limit);
        for (const auto& place : process.places)
            if (const auto* task = std::get_if<process::TaskActivity>(&place.activity))
                mixed_ = mixed_ || differs(task->limit);
        for (const auto& transition : process.transitions)
            if (transition.trigger == process::Transition::Trigger::timer) mixed_ = true;
        size_ = mixed_ ? horizon_.all : 1;
    }

    Longest run(Limit limit, bool silence);
    [[nodiscard]] bool decided() const { return attempts_ < most_attempts; }
    /// Returns, by region, the longest time that its branches need, without regard to its own
    /// limit.
    Days inside(StepIndex region);
    [[nodiscard]] std::int32_t most(const Days& days) const {
        return *std::max_element(days.begin(), days.begin() + asked());
    }

private:
    /// One branch, the body of a stage, or the case as a whole.
    struct Level {
        StepIndex region = none;
        std::map<StepIndex, std::vector<Edge>> edges;
        std::map<StepIndex, Days> known;
        std::vector<StepIndex> open;  // the current path
    };

    [[nodiscard]] std::ptrdiff_t asked() const {
        return mixed_ ? static_cast<std::ptrdiff_t>(horizon_.asked) : 1;
    }
    [[nodiscard]] bool differs(const std::optional<Limit>& limit) const {
        return limit && counts_days(limit->unit) && limit->unit != unit_;
    }
    [[nodiscard]] Date day(std::size_t i) const {
        return {horizon_.first.days + static_cast<std::int64_t>(i)};
    }

    [[nodiscard]] Days flat(std::int32_t days) const { return Days(size_, days); }
    [[nodiscard]] Days days_of(Limit limit) const {
        if (!counts_days(limit.unit)) {
            constexpr std::int32_t one_day = 24 * 60;
            return days_of({limit.amount / one_day, LimitUnit::days});
        }
        if (!mixed_) return flat(limit.amount);
        Days days(size_);
        for (std::size_t i = 0; i < size_; ++i) {
            const auto due = due_day(calendar_, day(i), limit).date;
            days[i] = static_cast<std::int32_t>(unit_ == LimitUnit::days
                                                    ? due.days - day(i).days
                                                    : calendar_.count({day(i).days + 1}, due));
        }
        return days;
    }
    /// Returns the day on which something that began on day `i` ends after this time.
    [[nodiscard]] std::size_t after(std::size_t i, std::int32_t days) const {
        if (!mixed_) return 0;
        const auto end = unit_ == LimitUnit::days
                             ? i + static_cast<std::size_t>(days)
                             : static_cast<std::size_t>(calendar_.add(day(i), days).date.days -
                                                        horizon_.first.days);
        return std::min(end, size_ - 1);
    }

    [[nodiscard]] std::size_t over(const Duration& takes, std::size_t i) const {
        return takes.ends.empty() ? after(i, takes.days[i]) : takes.ends[i];
    }

    [[nodiscard]] bool is_within(StepIndex step, StepIndex region) const {
        for (; step != none; step = process_.steps[step].within)
            if (step == region) return true;
        return region == none;
    }
    /// Returns the step of the level that contains `step`, or nothing if it lies outside.
    [[nodiscard]] StepIndex at_level(StepIndex step, StepIndex region) const {
        while (step != none && process_.steps[step].within != region)
            step = process_.steps[step].within;
        return step;
    }

    std::vector<Edge> edges_of(StepIndex step, Level& level);
    [[nodiscard]] std::optional<Days> first_timer(process::PlaceIndex place) const;
    [[nodiscard]] Duration fires(Days days, bool any_day) const;
    Duration own_time(StepIndex step);
    Days solve(StepIndex step, Level& level, std::size_t& lowest);
    Days rest_of(const Edge& edge, Level& level, std::size_t& lowest);
    [[nodiscard]] Days through(const Edge& edge, const Days& rest) const;
    void follow(StepIndex step, std::size_t i, Level& level, Longest& longest);
    [[nodiscard]] std::vector<Start> starts(bool silence);

    const Process& process_;
    const WorkingDays& calendar_;
    LimitUnit unit_;
    Horizon horizon_;
    // The day matters if units differ, or if an elapsed time ends on a day that need not count.
    bool mixed_ = false;
    std::size_t size_ = 1;
    std::size_t attempts_ = 0;
};

std::optional<Days> Timing::first_timer(process::PlaceIndex place) const {
    std::optional<Days> first;
    for (const auto timer : process_.places[place].timers) {
        const auto days = days_of(process_.transitions[timer].after);
        if (!first) {
            first = days;
            continue;
        }
        for (std::size_t i = 0; i < size_; ++i) (*first)[i] = std::min((*first)[i], days[i]);
    }
    return first;
}

/// A timer fires when its last day has passed: on the next day, whether or not that day counts.
Duration Timing::fires(Days days, bool any_day) const {
    Duration taken{std::move(days), any_day, {}};
    for (std::size_t i = 0; i < size_; ++i) {
        const auto last = after(i, taken.days[i]);
        taken.ends.push_back(std::min(last + 1, size_ - 1));
        if (unit_ == LimitUnit::days || calendar_.is_workday(day(last + 1))) ++taken.days[i];
    }
    return taken;
}

Duration Timing::own_time(StepIndex index) {
    const auto& step = process_.steps[index];
    const bool region = step.done != none;
    const auto place = region ? step.active : step.at;
    if (process_.places[place].pauses_clock) return {flat(0), true, {}};
    const auto* task = process_.task_at(place);
    std::optional<Days> days = first_timer(place);
    const auto no_longer_than = [&](const Days& other) {
        if (!days) days = other;
        for (std::size_t i = 0; i < size_; ++i) (*days)[i] = std::min((*days)[i], other[i]);
    };
    if (region) no_longer_than(step.limit ? days_of(*step.limit) : inside(index));
    if (task && task->limit) no_longer_than(days_of(*task->limit));
    return {days.value_or(flat(0)), false, {}};
}

std::vector<Edge> Timing::edges_of(StepIndex index, Level& level) {
    const auto& step = process_.steps[index];
    const bool region = step.done != none;
    const auto place = region ? step.active : step.at;
    const auto own = own_time(index);
    const auto timer = first_timer(place);
    std::vector<Edge> edges;
    for (std::size_t t = 0; t < process_.transitions.size(); ++t) {
        const auto& transition = process_.transitions[t];
        if (t == process_.withdraw || transition.takes.empty() || transition.gives.empty())
            continue;
        const auto from = transition.takes.front().place;
        const auto& target = process_.places[transition.gives.front().place];
        const bool here = region ? is_within(process_.places[from].step, index) : from == place;
        // A region can be left from any depth inside it.
        if (!here || (region && is_within(target.step, index))) continue;
        // An outcome with `at most` is a repetition, and one that extends the limit has more time.
        if (transition.at_most || transition.extends) continue;
        Edge edge;
        edge.takes = own;
        if (transition.trigger == process::Transition::Trigger::timer && from == place && timer)
            edge.takes = fires(*timer, own.any_day);
        if (target.role != process::Place::Role::done)
            edge.to = at_level(target.step, level.region);
        edges.push_back(std::move(edge));
    }
    return edges;
}

/// Returns the time of the rest, from the day on which the edge's own time is over.
Days Timing::through(const Edge& edge, const Days& rest) const {
    Days total(size_);
    if (edge.takes.any_day) {
        std::fill(total.begin(), total.end(), *std::max_element(rest.begin(), rest.end()));
        return total;
    }
    for (std::size_t i = 0; i < size_; ++i)
        total[i] = edge.takes.days[i] + rest[over(edge.takes, i)];
    return total;
}

Days Timing::rest_of(const Edge& edge, Level& level, std::size_t& lowest) {
    return edge.to == none ? flat(0) : solve(edge.to, level, lowest);
}

/// Returns the longest time from the beginning of `step` until the level is left, without passing
/// an open step again. `lowest` receives the outermost open step that the result excludes for this
/// reason. Such a result is not stored, because it is valid only for the path on which it was
/// computed.
Days Timing::solve(StepIndex step, Level& level, std::size_t& lowest) {
    if (const auto found = level.known.find(step); found != level.known.end()) return found->second;
    if (!decided()) return flat(0);
    ++attempts_;
    if (!level.edges.count(step)) level.edges[step] = edges_of(step, level);
    const auto depth = level.open.size();
    level.open.push_back(step);
    auto outermost = depth;
    auto worst = flat(0);
    for (const auto& edge : level.edges[step]) {
        const auto again = std::find(level.open.begin(), level.open.end(), edge.to);
        if (again != level.open.end()) {
            outermost = std::min(outermost, static_cast<std::size_t>(again - level.open.begin()));
            continue;
        }
        const auto total = through(edge, rest_of(edge, level, outermost));
        for (std::size_t i = 0; i < size_; ++i) worst[i] = std::max(worst[i], total[i]);
    }
    level.open.pop_back();
    lowest = std::min(lowest, outermost);
    if (outermost >= depth) level.known[step] = worst;
    return worst;
}

Days Timing::inside(StepIndex region) {
    std::vector<Days> branches;
    std::uint32_t needed = 1;
    for (const auto& transition : process_.transitions) {
        if (transition.takes.empty() || transition.gives.empty()) continue;
        if (transition.takes.front().place == process_.steps[region].active)
            for (const auto& arc : transition.takes)
                if (arc.place == process_.steps[region].done) needed = arc.weight;
        if (transition.gives.front().place != process_.steps[region].active) continue;
        for (std::size_t i = 1; i < transition.gives.size(); ++i) {
            Level level;
            level.region = region;
            std::size_t lowest = 0;
            branches.push_back(
                solve(process_.places[transition.gives[i].place].step, level, lowest));
        }
    }
    // The join fires when this many branches are done. If each takes its maximum time, this is the
    // latest of the earliest ones.
    Days days = flat(0);
    for (std::size_t i = 0; i < size_ && !branches.empty(); ++i) {
        std::vector<std::int32_t> ends;
        for (const auto& branch : branches) ends.push_back(branch[i]);
        const auto last = std::min<std::size_t>(needed, ends.size()) - 1;
        std::nth_element(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(last),
                         ends.end());
        days[i] = ends[last];
    }
    return days;
}

/// Records the path on which a step that begins on day `i` takes its longest time. On the same
/// path, each step gives the same result again.
void Timing::follow(StepIndex step, std::size_t i, Level& level, Longest& longest) {
    while (step != none) {
        std::size_t lowest = 0;
        const auto wanted = solve(step, level, lowest)[i];
        level.open.push_back(step);
        const Edge* taken = nullptr;
        Days rest;
        for (const auto& edge : level.edges[step]) {
            if (std::find(level.open.begin(), level.open.end(), edge.to) != level.open.end())
                continue;
            rest = rest_of(edge, level, lowest);
            if (through(edge, rest)[i] != wanted) continue;
            taken = &edge;
            break;
        }
        if (!taken) break;
        if (taken->takes.any_day) {
            i = static_cast<std::size_t>(std::max_element(rest.begin(), rest.end()) - rest.begin());
        } else {
            if (taken->takes.days[i] > 0) longest.way.push_back({step, taken->takes.days[i]});
            i = over(taken->takes, i);
        }
        step = taken->to;
    }
    level.open.clear();
}

/// Returns a start for every acceptance. If the limits are counted from receipt, the time of the
/// accepting step is used up; at a deemed acceptance, all of the time given for an answer is.
std::vector<Start> Timing::starts(bool silence) {
    std::vector<Start> list;
    if (process_.accepted_at_opening)
        list.push_back({at_level(process_.places[process_.start].step, none), none, {}});
    for (const auto& transition : process_.transitions) {
        if (!transition.accepts || transition.takes.empty() || transition.gives.empty()) continue;
        Start start{at_level(process_.places[transition.gives.front().place].step, none), none, {}};
        const auto step = process_.places[transition.takes.front().place].step;
        if (transition.trigger == process::Transition::Trigger::timer) {
            if (!silence) continue;
            start.before = step;
            start.takes = fires(days_of(transition.after), false);
        } else if (process_.counted_from_receipt) {
            start.before = step;
            start.takes = own_time(step);
        }
        list.push_back(std::move(start));
    }
    return list;
}

Longest Timing::run(Limit limit, bool silence) {
    const auto begins = starts(silence);
    const auto allowed = days_of(limit);
    Longest longest;
    std::int32_t late = INT32_MIN;
    std::pair<const Start*, std::size_t> worst{nullptr, 0};
    Level level;
    for (const auto& start : begins) {
        std::size_t lowest = 0;
        auto days = solve(start.at, level, lowest);
        if (start.before != none) days = through({start.at, start.takes}, days);
        for (std::size_t i = 0; i < static_cast<std::size_t>(asked()); ++i) {
            if (days[i] - allowed[i] <= late) continue;
            late = days[i] - allowed[i];
            longest.days = days[i];
            longest.allowed = allowed[i];
            worst = {&start, i};
        }
    }
    if (const auto* start = worst.first) {
        auto i = worst.second;
        if (mixed_) longest.started = day(i);
        if (start->before != none) {
            longest.way.push_back({start->before, start->takes.days[i]});
            i = over(start->takes, i);
        }
        follow(start->at, i, level, longest);
    }
    longest.decided = decided();
    return longest;
}

}  // namespace

Longest critical_path(const Process& process, const WorkingDays& calendar, Limit limit,
                      bool silence) {
    return Timing(process, calendar, limit).run(limit, silence);
}

std::optional<std::int32_t> longest_inside(const Process& process, const WorkingDays& calendar,
                                           StepIndex region, Limit limit) {
    Timing timing(process, calendar, limit);
    const auto days = timing.inside(region);
    if (!timing.decided()) return {};
    return timing.most(days);
}

}  // namespace workflow::verify
