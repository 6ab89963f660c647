// Limits that a case can pass although every step keeps its own.

#include "verify/deadlines.hpp"

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "verify/critical_path.hpp"

namespace workflow::testing::deadlines_test {

namespace {

/// After the acceptance come these steps, from `first` to `granted`.
process::Process item(const std::string& limits, const std::string& steps) {
    const auto text =
        "item: a\ntitle: A\nkind: committed\nlimits: {" + limits +
        "}\nstart: intake\nsteps:\n"
        "  intake: {task: intake, post: window, limit: 9 workdays, outcomes: {accept: {to: first, "
        "accepts: true}}}\n" +
        steps + "  granted: {end: granted}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    for (const auto& one : findings.take()) UNSCOPED_INFO(one.message);
    REQUIRE(loaded.items.size() == 1);
    auto process = process::compile(loaded.items[0], nullptr, findings);
    REQUIRE(process);
    return *process;
}

std::string task(const std::string& name, const std::string& limit, const std::string& to) {
    return "  " + name + ": {task: survey, post: window, limit: " + limit + ", outcomes: {" + to +
           "}}\n";
}

/// 2026, with the Spring Festival off from 16 to 23 February.
WorkingDays festival() {
    YearNotice year;
    year.year = 2026;
    for (unsigned day = 16; day <= 23; ++day) year.holidays.push_back(*date_of(2026, 2, day));
    return WorkingDays({year});
}

std::vector<std::string> told(const process::Process& process) {
    Sources sources;
    DiagnosticSink findings(sources);
    verify::check_deadlines(process, festival(), findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take()) messages.push_back(one.code + " " + one.message);
    return messages;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("the limits of the steps after the acceptance are added up on the longest way") {
    const auto steps =
        task("first", "3 workdays", "good: second, hard: expert") +
        task("expert", "4 workdays", "done: second, again: {to: first, at most: 2}") +
        task("second", "1 workday", "deliver: granted");
    CHECK(told(item("promised: 8 workdays", steps)).empty());
    CHECK(
        told(item("promised: 7 workdays", steps)) ==
        Messages{"WF0433 `a` may take 8 workdays with every step within its limit, and 7 workdays "
                 "are promised: first 3, expert 4, second 1"});
    CHECK(told(item("statutory: 7 workdays", steps)) ==
          Messages{"WF0434 `a` may take 8 workdays with every step within its limit, and 7 "
                   "workdays are all that the law allows: first 3, expert 4, second 1"});
}

TEST_CASE("what follows a time that is over begins on the day after its last one") {
    const auto wait = "  first: {wait: time, on: {after 3 workdays: second}}\n" +
                      task("second", "2 workdays", "ok: granted");
    CHECK(told(item("promised: 6 workdays", wait)).empty());
    CHECK(told(item("promised: 5 workdays", wait)) ==
          Messages{
              "WF0433 `a` may take 6 workdays with every step within its limit, and 5 workdays are "
              "promised: first 4, second 2; the longest time is for acceptance on 2026-01-01"});
    // Three days from a Sunday are three working days; what follows begins on Thursday.
    const auto days = "  first: {wait: time, on: {after 3 days: second}}\n" +
                      task("second", "2 workdays", "ok: granted");
    CHECK(told(item("promised: 5 workdays", days)) ==
          Messages{
              "WF0433 `a` may take 6 workdays with every step within its limit, and 5 workdays are "
              "promised: first 4, second 2; the longest time is for acceptance on 2026-01-04"});
}

TEST_CASE("silence that accepts has used up the days that were given for an answer") {
    const auto text = std::string(R"(item: a
title: A
kind: committed
limits: {statutory: 9 workdays}
start: intake
steps:
  intake:
    task: intake
    post: window
    limit: 5 workdays
    outcomes: {accept: {to: first, accepts: true}}
    on: {after 5 workdays: {to: first, accepts: true}}
  first: {task: survey, post: window, limit: 4 workdays, outcomes: {good: granted}}
  granted: {end: granted}
)");
    const auto compiled = [](const std::string& yaml) {
        Sources sources;
        DiagnosticSink findings(sources);
        const auto loaded = definition::load({{"a.yaml", yaml}}, sources, findings);
        REQUIRE(loaded.items.size() == 1);
        auto process = process::compile(loaded.items[0], nullptr, findings);
        REQUIRE(process);
        return *process;
    };
    // The sixth day is the one on which silence is noticed.
    REQUIRE(told(compiled(text)).size() == 1);
    CHECK(told(compiled(text))
              .front()
              .starts_with("WF0434 `a` may take 10 workdays with every step within its limit, and "
                           "9 workdays are all that the law allows: intake 6, first 4"));
    auto longer = text;
    longer.replace(longer.find("9 workdays"), 10, "10 workdays");
    CHECK(told(compiled(longer)).empty());
    // What is promised is promised by a hall that answers.
    auto promise = text;
    promise.replace(promise.find("statutory: 9"), 12, "statutory: 12 workdays, promised: 4");
    CHECK(told(compiled(promise)).empty());
    auto without = text;
    without.replace(without.find(", accepts: true}}\n  first"), 15, "");
    CHECK(told(compiled(without)).empty());
    // From the day of receipt the window's own limit counts, too.
    auto received = without;
    received.replace(received.find("9 workdays"), 10, "8 workdays, counted from: receipt");
    REQUIRE(told(compiled(received)).size() == 1);
    CHECK(told(compiled(received))
              .front()
              .starts_with("WF0434 `a` may take 9 workdays with every step within its limit, and 8 "
                           "workdays are all that the law allows: intake 5, first 4"));
}

TEST_CASE("what extends the law's limit is no part of the way that must keep it") {
    CHECK(told(item("statutory: 7 workdays",
                    task("first", "3 workdays", "good: granted, hard: ask") +
                        task("ask", "1 workday",
                             "extend: {to: expert, extends: 10 workdays}, deny: granted") +
                        task("expert", "9 workdays", "done: granted")))
              .empty());
}

TEST_CASE("a day within a festival makes working days long in calendar days") {
    const auto process = item("promised: 10 days", task("first", "5 workdays", "deliver: granted"));
    const auto longest = verify::critical_path(process, festival(), *process.promised, false);
    REQUIRE(longest.started);
    // Nine working days off in a row and two weekends: from the last Saturday before them.
    const auto due = festival().add(*longest.started, 5).date;
    CHECK(longest.days == due.days - longest.started->days);
    std::int64_t most = 0;
    for (auto day = date_of(2026, 1, 1)->days; day <= date_of(2026, 12, 31)->days; ++day)
        most = std::max(most, festival().add({day}, 5).date.days - day);
    CHECK(longest.days == most);
    CHECK(told(process).size() == 1);
}

TEST_CASE(
    "branches take as long as those that are waited for, and a standing clock costs nothing") {
    const auto both = [](const std::string& join) {
        return "  first:\n    parallel:\n    " + task("one", "2 workdays", "good: done") + "    " +
               task("two", "6 workdays", "good: done") + "    join: " + join +
               "\n    then: last\n  last: {task: survey, post: window, limit: 9 workdays, clock: "
               "paused, ground: 第四十五条, outcomes: {good: granted}}\n";
    };
    const Limit limit{5, LimitUnit::workdays};
    CHECK(verify::critical_path(item("promised: 5 workdays", both("all")), festival(), limit, true)
              .days == 6);
    CHECK(verify::critical_path(item("promised: 5 workdays", both("any")), festival(), limit, true)
              .days == 2);
}

TEST_CASE("a stage that needs more than its own limit is told") {
    CHECK(told(item("promised: 9 workdays",
                    "  first:\n    limit: 2 workdays\n    stage:\n      start: look\n      steps:\n"
                    "      " +
                        task("look", "3 workdays", "good: done") + "    then: granted\n")) ==
          Messages{
              "WF0435 the steps of `first` may take 3 workdays, but its own limit is 2 workdays"});
}

TEST_CASE("steps that lead back to each other are gone through once, and every way is looked at") {
    // The longest way goes by the second one first, and comes back from there.
    const auto round = task("first", "1 workday", "on: second, over: third") +
                       task("second", "2 workdays", "back: first, on: third") +
                       task("third", "4 workdays", "back: second, deliver: granted");
    const auto process = item("promised: 6 workdays", round);
    CHECK(
        told(process) ==
        Messages{"WF0433 `a` may take 7 workdays with every step within its limit, and 6 workdays "
                 "are promised: first 1, second 2, third 4"});
}

TEST_CASE("where too many steps lead back to each other nothing is decided") {
    const auto all_to_all = [](int steps) {
        std::string text;
        for (int i = 0; i < steps; ++i) {
            std::string outcomes;
            for (int j = 0; j < steps; ++j)
                if (j != i)
                    outcomes += "to-" + std::to_string(j) + ": " +
                                (j == 0 ? "first" : "s" + std::to_string(j)) + ", ";
            text += task(i == 0 ? "first" : "s" + std::to_string(i), "1 workday",
                         outcomes + "deliver: granted");
        }
        return told(item("promised: 5 workdays", text));
    };
    CHECK(all_to_all(5).empty());
    const auto many = all_to_all(16);
    REQUIRE(many.size() == 1);
    CHECK(many[0].find("WF0907 whether `a` keeps its limits is not decided") == 0);
}

}  // namespace workflow::testing::deadlines_test
