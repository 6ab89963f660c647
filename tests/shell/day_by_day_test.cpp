// How long an item may take is what the engine takes, day by day, when everybody uses all of his
// time.

#include <algorithm>
#include <iostream>

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "support/desk.hpp"
#include "support/staff.hpp"
#include "support/xorshift.hpp"
#include "verify/critical_path.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::day_by_day_test {

using process::Process;
using process::Transition;
using testing::Desk;

namespace {

constexpr std::size_t items_to_try = 500;
constexpr std::size_t cases_an_item = 20;

using Random = testing::Xorshift;

/// Items of a few steps behind the acceptance: tasks, waits for time and for the applicant,
/// branches side by side, limits in working and in calendar days.
class ItemMaker {
public:
    explicit ItemMaker(Random& random) : random_(random) {}

    std::string item() {
        const auto steps = 2 + random_.below(4);
        for (std::uint64_t i = 0; i < steps; ++i) names_.push_back("s" + std::to_string(i));
        std::string text =
            "item: a\ntitle: A\nkind: committed\nlimits: {promised: " +
            std::string(random_.below(2) == 0 ? "9 workdays" : "9 days") +
            "}\nstart: intake\nsteps:\n  intake: {task: intake, post: window, limit: 1 workday, "
            "outcomes: {accept: {to: s0, accepts: true}}}\n";
        for (std::uint64_t i = 0; i < steps; ++i) text += step(i);
        return text + "  granted: {end: granted}\n";
    }

private:
    std::string limit() {
        const auto days = 1 + random_.below(6);
        return std::to_string(days) + (random_.below(4) == 0 ? " days" : " workdays");
    }
    /// Mostly onwards, so that there are ends.
    std::string to(std::uint64_t from) {
        const auto next = from + 1 + random_.below(2);
        if (random_.below(5) == 0) return names_[random_.below(names_.size())];
        return next < names_.size() ? names_[next] : "granted";
    }
    std::string next(std::uint64_t from) {
        return from + 1 < names_.size() ? names_[from + 1] : "granted";
    }
    std::string task(std::uint64_t from, bool branch) {
        const auto onwards = branch ? std::string("done") : next(from);
        return "task: survey, post: surveyor, limit: " + limit() + ", outcomes: {on: " + onwards +
               (random_.below(2) == 0 && !branch ? ", other: " + to(from) : "") + "}";
    }
    std::string step(std::uint64_t i) {
        const auto name = "  " + names_[i] + ": ";
        switch (2 + random_.below(6)) {
            case 2: {
                const auto join = random_.below(3);
                std::string text = name.substr(0, name.size() - 1) + "\n    parallel:\n";
                for (int branch = 0; branch < 3; ++branch)
                    text += "      " + names_[i] + "b" + std::to_string(branch) + ": {" +
                            task(i, true) + "}\n";
                return text + "    join: " +
                       (join == 0   ? "all"
                        : join == 1 ? "any"
                                    : "2 of 3") +
                       "\n    then: " + next(i) + "\n";
            }
            case 3:
                return name + "{wait: time, on: {after " + limit() + ": " + next(i) + "}}\n";
            case 4:
                return name + "{wait: applicant, on: {supplied: " + next(i) + ", after " + limit() +
                       ": " + to(i) + "}}\n";
            default:
                return name + "{" + task(i, false) + "}\n";
        }
    }
    Random& random_;
    std::vector<std::string> names_;
};

WorkingDays shipped_calendar() {
    Sources sources;
    DiagnosticSink findings(sources);
    std::vector<YearNotice> notices;
    for (const auto& text :
         definition::read_texts({WORKFLOW_SOURCE_DIR "/definitions/calendars"}, sources, findings))
        for (auto& year : definition::load({text}, sources, findings).calendars)
            notices.push_back(std::move(year.notice));
    return WorkingDays(std::move(notices));
}

/// What can happen next at the latest: an act on the last day for it, or what time brings about.
struct Next {
    TransitionIndex transition = 0;
    Date day;
};

/// Everybody is as late as he may be. `gone`: steps that are not gone to again.
std::vector<Next> next_of(const Process& process, const engine::Case& c, Date today,
                          const std::vector<process::StepIndex>& gone) {
    std::vector<Next> all;
    const auto may = [&](TransitionIndex t) {
        const auto& target = process.places[process.transitions[t].gives.front().place];
        const auto from = process.places[process.transitions[t].takes.front().place].step;
        return target.role != process::Place::Role::at ||
               (target.step != from &&
                std::find(gone.begin(), gone.end(), target.step) == gone.end());
    };
    std::optional<Date> first;
    for (const auto& task : c.tasks) {
        const auto day = task.due.value_or(today);
        if (!first || day.days < first->days) first = day;
    }
    for (const auto& timer : c.timers)
        if (!first || timer.due.days < first->days) first = timer.due;
    if (!first) return {};
    for (const auto& task : c.tasks)
        if (task.due.value_or(today).days == first->days)
            for (const auto t : process.task_at(task.place)->outcomes)
                if (may(t)) all.push_back({t, *first});
    for (const auto& timer : c.timers) {
        if (timer.due.days != first->days) continue;
        // A time is over when its last day is.
        if (may(timer.transition)) all.push_back({timer.transition, Date{first->days + 1}});
        const auto place = process.transitions[timer.transition].takes.front().place;
        const auto* wait = process.wait_at(place);
        if (wait && wait->supplied != process::none && may(wait->supplied))
            all.push_back({wait->supplied, *first});
    }
    return all;
}

struct Case {
    Desk desk;
    Date today;
    std::vector<process::StepIndex> gone;
};

std::optional<Case> accepted(const Process& process, const definition::Organization& staff,
                             const WorkingDays& calendar, Date day, std::uint64_t seed) {
    Case one{Desk(process, staff, calendar, seed), day, {}};
    one.desk.on(day);
    if (!one.desk.open()) return {};
    for (TransitionIndex t = 0; t < process.transitions.size(); ++t)
        if (process.transitions[t].accepts && one.desk.go(t)) {
            one.gone.push_back(process.step_at(process.start).id.text.empty()
                                   ? process::none
                                   : process.places[process.start].step);
            return one;
        }
    return {};
}

bool take(const Process& process, Case& one, const Next& next) {
    one.today = next.day;
    one.desk.on(next.day);
    const auto& from = process.places[process.transitions[next.transition].takes.front().place];
    // Of a parallel step, the whole is gone through once.
    auto step = from.step;
    while (process.steps[step].within != process::none) step = process.steps[step].within;
    if (from.role == process::Place::Role::at) one.gone.push_back(step);
    return one.desk.go(next.transition);
}

/// By how much the end is later than promised, in the unit of the promise; clocks that stand have
/// moved it.
std::int64_t late(const Process& process, const WorkingDays& calendar, const Case& one) {
    const auto due = *one.desk.c.promised_due, end = one.today;
    if (process.promised->unit == LimitUnit::days) return end.days - due.days;
    if (end.days <= due.days) return -std::int64_t{calendar.count({end.days + 1}, due)};
    return calendar.count({due.days + 1}, end);
}

/// The latest that any way of choices can be, each step gone through once.
std::int64_t latest(const Process& process, const WorkingDays& calendar, const Case& from,
                    int& budget) {
    if (from.desk.c.end) return late(process, calendar, from);
    std::int64_t worst = INT64_MIN;
    for (const auto& next : next_of(process, from.desk.c, from.today, from.gone)) {
        if (--budget < 0) return worst;
        auto one = from;
        if (take(process, one, next))
            worst = std::max(worst, latest(process, calendar, one, budget));
    }
    return worst;
}

}  // namespace

TEST_CASE("no case takes longer, day by day, than an item is said to take, and one takes as long") {
    const auto calendar = shipped_calendar();
    Sources sources;
    DiagnosticSink findings(sources);
    const auto staff =
        definition::load({{"staff.yaml", testing::hall_staff}}, sources, findings).organization;
    REQUIRE(staff);
    Random random;
    std::size_t cases = 0, ended = 0, reached = 0, looked_for = 0;
    for (std::size_t i = 0; i < items_to_try; ++i) {
        const auto text = ItemMaker(random).item();
        Sources texts;
        DiagnosticSink told(texts);
        const auto loaded = definition::load({{"a.yaml", text}}, texts, told);
        REQUIRE(loaded.items.size() == 1);
        auto process = process::compile(loaded.items[0], &*staff, told);
        if (!process) continue;  // a step that nothing leads to
        const auto longest = verify::critical_path(*process, calendar, *process->promised, false);
        REQUIRE(longest.decided);
        if (longest.days == 0) continue;
        const auto said = longest.days - longest.allowed;
        INFO(text);
        for (std::size_t n = 0; n < cases_an_item; ++n) {
            const Date day{date_of(2024, 1, 1)->days +
                           static_cast<std::int64_t>(random.below(700))};
            auto one = accepted(*process, *staff, calendar, day, n);
            REQUIRE(one);
            ++cases;
            while (!one->desk.c.end) {
                const auto next = next_of(*process, one->desk.c, one->today, one->gone);
                if (next.empty()) break;  // only repetitions are left
                REQUIRE(take(*process, *one, next[random.below(next.size())]));
            }
            if (!one->desk.c.end) continue;
            ++ended;
            INFO(to_string(day) << " to " << to_string(one->today));
            REQUIRE(late(*process, calendar, *one) <= said);
        }
        const auto start =
            accepted(*process, *staff, calendar, longest.started.value_or(*date_of(2025, 3, 3)), 1);
        REQUIRE(start);
        int budget = 3'000;
        const auto worst = latest(*process, calendar, *start, budget);
        if (budget < 0) continue;
        ++looked_for;
        INFO("worst " << worst << " of " << said << " from " << to_string(start->today));
        CHECK(worst <= said);
        reached += worst == said ? 1 : 0;
    }
    std::cout << cases << " cases day by day, " << ended
              << " came to an end, none later than told; "
              << "the worst case was reached in " << reached << " of " << looked_for << " items\n";
    CHECK(cases > 8'000);
    // Where steps lead round to each other, a repetition may be counted in: too long, never too
    // short.
    CHECK(reached * 100 >= looked_for * 99);
}

}  // namespace workflow::testing::day_by_day_test
