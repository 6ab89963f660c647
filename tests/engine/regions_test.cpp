#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::regions_test {

namespace {

std::string opinions(const char* join) {
    return std::string(R"(item: permit.joint
title: Joint permit
kind: committed
limits: {promised: 10 workdays}
separated: [[survey, opinion]]
start: ask
on: {withdraw: withdrawn}
steps:
  ask:
    parallel:
      survey: {task: survey, post: surveyor, outcomes: {good: done, stop: refused}}
      opinion:
        start: draft
        steps:
          draft: {task: opinion, post: lawyer, outcomes: {written: sign}}
          sign: {task: opinion, post: lawyer, outcomes: {signed: done, rewrite: draft}}
      check: {task: intake, post: window, outcomes: {ok: done}}
    join: )") +
           join + R"(
    on: {after 3 workdays: overdue}
    then: granted
  overdue: {task: intake, post: window, outcomes: {again: ask, close: refused}}
  granted: {end: granted}
  refused: {end: refused}
  withdrawn: {end: withdrawn}
)";
}

}  // namespace

TEST_CASE("branches stand side by side and the last one joins them") {
    Hall hall({opinions("all")});
    CHECK(kinds(hall.open().value()) ==
          "case_opened case_accepted task_offered task_offered task_offered timer_armed");
    CHECK(hall.steps() == "survey draft check");
    REQUIRE(hall.complete("survey", "good", "xu"));
    REQUIRE(hall.complete("draft", "written", "fa"));
    REQUIRE(hall.complete("check", "ok", "lin"));
    CHECK(hall.steps() == "sign");
    CHECK(kinds(hall.complete("sign", "signed", "fa").value()) == "task_completed case_ended");
    CHECK(hall.status() == "granted");
}

TEST_CASE("with join any the first branch cancels the others") {
    Hall hall({opinions("any")});
    hall.open();
    CHECK(kinds(hall.complete("survey", "good", "xu").value()) ==
          "task_completed task_cancelled task_cancelled case_ended");
}

TEST_CASE("with two of three the second branch that is done cancels the third") {
    Hall hall({opinions("2 of 3")});
    hall.open();
    CHECK(kinds(hall.complete("survey", "good", "xu").value()) == "task_completed");
    CHECK(kinds(hall.complete("check", "ok", "lin").value()) ==
          "task_completed task_cancelled case_ended");
}

TEST_CASE("an outcome that leads outside leaves all branches") {
    Hall hall({opinions("all")});
    hall.open();
    CHECK(kinds(hall.complete("survey", "stop", "xu").value()) ==
          "task_completed task_cancelled task_cancelled case_ended");
    CHECK(hall.status() == "refused");
}

TEST_CASE("branches that run out of time are left together, and may be entered anew") {
    Hall hall({opinions("all")});
    hall.open();
    hall.complete("survey", "good", "xu").value();
    hall.on("2026-03-06");
    CHECK(kinds(hall.advance().value()) ==
          "timer_fired task_cancelled task_cancelled task_offered");
    CHECK(hall.steps() == "overdue");
    REQUIRE(hall.complete("overdue", "again", "lin"));
    CHECK(hall.steps() == "survey draft check");
    REQUIRE(hall.complete("draft", "written", "fa"));
    REQUIRE(hall.complete("sign", "signed", "fa"));
    REQUIRE(hall.complete("check", "ok", "lin"));
    CHECK(hall.steps() == "survey");
}

TEST_CASE("separation holds between branches, for tasks that are only held as well") {
    Hall hall({opinions("all")});
    hall.open();
    hall.claim("survey", "tang").value();
    CHECK(hall.claim("draft", "tang").refused(RefusalCode::separated));
    CHECK(hall.complete("draft", "written", "tang").refused(RefusalCode::separated));
}

TEST_CASE("withdrawing leaves all branches") {
    Hall hall({opinions("all")});
    hall.open();
    CHECK(kinds(hall.withdraw().value()) ==
          "case_withdrawn task_cancelled task_cancelled task_cancelled case_ended");
}

namespace {

constexpr const char* staged = R"(item: school.found
title: Found a school
kind: committed
limits: {statutory: 20 workdays}
start: formal
steps:
  formal:
    stage:
      start: look
      steps:
        look: {task: intake, post: window, outcomes: {fine: weigh, hopeless: refused}}
        weigh:
          parallel:
            survey: {task: survey, post: surveyor, outcomes: {good: done, back: look}}
            opinion: {task: opinion, post: lawyer, outcomes: {good: done, refuse: refused}}
          then: done
    clock: paused
    ground: 专家评审
    on: {after 10 workdays: refused}
    then: hand-out
  hand-out: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
  refused: {end: refused}
)";

}  // namespace

TEST_CASE("a stage is left by done, and its clock runs on") {
    Hall hall({staged});
    CHECK(kinds(hall.open().value()) ==
          "case_opened case_accepted clock_paused task_offered timer_armed");
    hall.complete("look", "fine", "lin").value();
    hall.complete("survey", "good", "xu").value();
    CHECK(kinds(hall.complete("opinion", "good", "fa").value()) ==
          "task_completed clock_resumed task_offered");
    CHECK(hall.steps() == "hand-out");
    CHECK(hall.c.timers.empty());
    CHECK(hall.c.statutory_due == day("2026-03-30"));
}

TEST_CASE(
    "from an inner region one may go back to the stage around it, which leaves the inner one") {
    Hall hall({staged});
    hall.open();
    hall.complete("look", "fine", "lin").value();
    CHECK(kinds(hall.complete("survey", "back", "xu").value()) ==
          "task_completed task_cancelled task_offered");
    CHECK(hall.steps() == "look");
    CHECK(hall.c.timers.size() == 1);
}

TEST_CASE("an end deep inside ends the whole case") {
    Hall hall({staged});
    hall.open();
    hall.complete("look", "fine", "lin").value();
    CHECK(kinds(hall.complete("opinion", "refuse", "fa").value()) ==
          "task_completed task_cancelled case_ended");
    CHECK(hall.status() == "refused");
}

TEST_CASE("two tasks drawn at once never go to one person when they are kept apart") {
    Hall hall({R"(item: permit.twice
title: Two opinions
kind: instant
separated: [[first, second]]
start: both
steps:
  both:
    parallel:
      first: {task: review, pool: pass-through, outcomes: {good: done}}
      second: {task: review, pool: pass-through, outcomes: {good: done}}
    then: ended
  ended: {end: granted}
)"});
    for (int i = 0; i < 50; ++i) {
        hall.c = {};
        hall.events.clear();
        hall.open();
        CHECK(hall.holder("first") != hall.holder("second"));
    }
}

}  // namespace workflow::testing::regions_test
