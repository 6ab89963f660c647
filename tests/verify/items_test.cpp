// Items from which a case could not get out.

#include "verify/item_soundness.hpp"

#include <chrono>

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"

namespace workflow::testing::items_test {

namespace {

std::vector<std::string> told(const std::string& steps) {
    const auto text =
        "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\n"
        "fields: {fee: {type: number, required: true}}\non: {withdraw: gone}\n" +
        steps + "  granted: {end: granted}\n  gone: {end: withdrawn}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    if (const auto process = process::compile(loaded.items[0], nullptr, findings))
        verify::check_item(*process, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take()) {
        INFO(one.code << " " << one.message);
        if (one.severity == Severity::error)
            messages.push_back(std::to_string(one.span.line) + " " + one.code + " " + one.message);
    }
    return messages;
}

using Messages = std::vector<std::string>;

std::string task(const std::string& name, const std::string& outcomes) {
    return "  " + name + ": {task: survey, post: window, outcomes: {" + outcomes + "}}\n";
}

/// A parallel step `both` with these branches, between `intake` and `granted`.
std::string parallel(const std::string& branches, const std::string& join = "all") {
    return "start: intake\nsteps:\n" + task("intake", "accept: both") + "  both:\n    parallel:\n" +
           branches + "    join: " + join + "\n    then: granted\n";
}

std::string branch(const std::string& name, const std::string& outcomes) {
    return "    " + task(name, outcomes);
}

}  // namespace

TEST_CASE("an item whose every step leads on to an end is silent") {
    CHECK(
        told("start: intake\nsteps:\n" + task("intake", "accept: check, doubt: ask") +
             "  ask:\n    wait: applicant\n    on: {supplied: intake, after 30 workdays: gone}\n" +
             task("check", "good: granted, back: intake"))
            .empty());
    CHECK(told(parallel(branch("one", "fine: done") + branch("two", "fine: done, bad: gone")))
              .empty());
}

TEST_CASE("steps that lead only to each other are told with the way there") {
    CHECK(told("start: intake\nsteps:\n" + task("intake", "accept: granted, doubt: one") +
               task("one", "on: other") + task("other", "back: one")) ==
          Messages{"10 WF0425 no end can be reached from `one`; the path to it: intake"});
}

TEST_CASE("a join that waits for a branch that is never done is told") {
    const auto lost = branch("one", "fine: done") +
                      "      two:\n        start: look\n        steps:\n      " +
                      branch("look", "again: more") + "      " + branch("more", "back: look");
    const auto all = told(parallel(lost));
    REQUIRE(all.size() == 1);
    CHECK(all[0] ==
          "17 WF0425 no end can be reached from `more`; the path to it: intake -> both -> one -> "
          "look");
    CHECK(told(parallel(lost, "any")).empty());
}

TEST_CASE("a step of a branch that nothing leads to does not stand in the way") {
    CHECK(told(parallel(branch("one", "fine: done") +
                        "      two:\n        start: look\n        steps:\n      " +
                        branch("look", "fine: done") + "      " + branch("more", "fine: done")))
              .empty());
}

TEST_CASE("a way out by time is a way out") {
    const auto item = [](const std::string& limit) {
        return "start: intake\nsteps:\n" + task("intake", "accept: granted, doubt: one") +
               "  one:\n    task: survey\n    post: window\n    outcomes: {again: one}\n" + limit;
    };
    CHECK(told(item("")).size() == 1);
    CHECK(told(item("    limit: 5 workdays\n    on: {after 10 workdays: gone}\n")).empty());
}

TEST_CASE("twenty branches are looked at in no time") {
    std::string branches;
    for (int i = 0; i < 20; ++i) {
        const auto n = std::to_string(i);
        branches += "      b" + n + ":\n        start: a" + n + "\n        steps:\n      " +
                    branch("a" + n, "on: c" + n) + "      " + branch("c" + n, "fine: done");
    }
    const auto began = std::clock();
    CHECK(told(parallel(branches)) == Messages{});
    CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < 1);
}

TEST_CASE("an outcome that has been taken as often as it may be leads on no more") {
    const auto once = task("one", "again: {to: one, at most: 2}");
    CHECK(told("start: intake\nsteps:\n" + task("intake", "accept: one") + once).size() == 1);
    CHECK(told("start: intake\nsteps:\n" + task("intake", "accept: one") +
               task("one", "again: {to: one, at most: 2}, good: granted"))
              .empty());
}

TEST_CASE("many outcomes that may be repeated side by side are still decided") {
    std::string branches;
    for (int i = 0; i < 20; ++i) {
        const auto name = "b" + std::to_string(i);
        branches += branch(name, "given: done, again: {to: " + name + ", at most: 3}");
    }
    CHECK(told(parallel(branches)).empty());
}

}  // namespace workflow::testing::items_test
