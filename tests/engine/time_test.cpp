#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::time_test {

TEST_CASE("nothing is due before its day has passed") {
    Hall hall;
    hall.open();
    CHECK(engine::wake_day(hall.c) == day("2026-03-04"));
    hall.on("2026-03-03");
    CHECK(hall.advance().value().empty());
}

TEST_CASE("a step's limit that has passed is recorded once") {
    Hall hall;
    hall.open();
    hall.on("2026-03-04");
    const auto added = hall.advance().value();
    CHECK(kinds(added) == "limit_passed");
    CHECK(find<LimitPassed>(added)->due == day("2026-03-03"));
    CHECK(hall.advance().value().empty());
    CHECK(!engine::wake_day(hall.c));
}

TEST_CASE("promise and law are passed on their own days, in order, and never cleared") {
    Hall hall;
    hall.bring_to_issue();
    hall.on("2026-04-10");
    const auto added = hall.advance().value();
    REQUIRE(kinds(added) == "limit_passed limit_passed");
    CHECK(std::get<LimitPassed>(added[0].what).kind == LimitPassed::Kind::promised);
    CHECK(std::get<LimitPassed>(added[1].what).kind == LimitPassed::Kind::statutory);
    CHECK(added[0].happened == *parse_instant("2026-03-10T00:00:00+08:00", {}));
    CHECK(added[1].happened == *parse_instant("2026-03-31T00:00:00+08:00", {}));
    CHECK(hall.c.promised_passed);
    CHECK(hall.c.statutory_passed);
}

TEST_CASE("an applicant who never answers lets the application lapse") {
    Hall hall;
    hall.open();
    const auto added = hall.complete("intake", "supplement", "lin").value();
    const auto due = find<TimerArmed>(added)->due;
    CHECK(due == day("2026-04-14"));
    hall.on("2026-04-14");
    CHECK(hall.advance().value().empty());
    hall.on("2026-05-20");
    const auto fired = hall.advance().value();
    CHECK(kinds(fired) == "timer_fired case_ended");
    CHECK(fired[0].recorded == hall.facts.now);
    CHECK(fired[0].happened == *parse_instant("2026-04-15T00:00:00+08:00", {}));
    CHECK(hall.status() == "lapsed");
}

TEST_CASE("the clocks of a case stand while it is at a step that pauses them") {
    Hall hall;
    hall.bring_to_review();
    const auto added = hall.complete_by_holder("review", "inspect").value();
    CHECK(kinds(added) == "task_completed clock_paused timer_armed");
    CHECK(find<ClockPaused>(added)->ground == "行政许可法第四十五条");
    CHECK(!hall.c.promised_due);
    CHECK(!hall.c.statutory_due);
    hall.on("2026-03-10");
    const auto fired = hall.advance().value();
    CHECK(kinds(fired) == "timer_fired clock_resumed task_offered task_drawn");
    // Both days included, 2 to 10 March are seven working days.
    CHECK(find<ClockResumed>(fired)->to == day("2026-03-10"));
    CHECK(hall.c.promised_due == day("2026-03-17"));
}

TEST_CASE("what fires late counts from the day on which it was due") {
    Hall early, late;
    for (auto* hall : {&early, &late}) {
        hall->bring_to_review();
        hall->complete_by_holder("review", "inspect").value();
    }
    early.on("2026-03-10");
    early.advance().value();
    late.on("2026-03-11");
    late.advance().value();
    CHECK(early.c.promised_due == late.c.promised_due);
    CHECK(early.c.tasks.front().due == late.c.tasks.front().due);
}

TEST_CASE("an advance that comes after a long time fires one thing after the other") {
    Hall hall({R"(item: desk.rounds
title: Rounds
kind: instant
start: first
steps:
  first: {wait: time, on: {after 1 workday: second}}
  second: {wait: time, on: {after 2 days: third}}
  third: {task: intake, post: window, limit: 1 workday, outcomes: {done: ended}}
  ended: {end: answered}
)"});
    hall.open();
    hall.on("2026-03-31");
    const auto added = hall.advance().value();
    CHECK(kinds(added) ==
          "limit_passed timer_fired timer_armed timer_fired task_offered limit_passed");
    CHECK(added[1].happened == *parse_instant("2026-03-04T00:00:00+08:00", {}));
    CHECK(hall.steps() == "third");
}

TEST_CASE("a wait of minutes ends at its moment") {
    Hall hall({R"(item: desk.pause
title: Pause
kind: instant
start: pause
steps:
  pause: {wait: time, on: {after 90 minutes: ended}}
  ended: {end: answered}
)"});
    const auto opened = hall.facts.now;
    hall.open();
    CHECK(engine::wake_day(hall.c) == day("2026-03-02"));
    hall.later(89);
    CHECK(hall.advance().value().empty());
    hall.later(10);
    const auto added = hall.advance().value();
    CHECK(kinds(added) == "timer_fired case_ended");
    CHECK(added[0].happened.microseconds - opened.microseconds == 90 * 60'000'000LL);
}

TEST_CASE("a task that runs out of time moves on and its holder loses it") {
    Hall hall({R"(item: desk.prompt
title: Prompt
kind: instant
start: answer
steps:
  answer: {task: intake, post: window, outcomes: {done: ended}, on: {after 2 workdays: escalated}}
  escalated: {task: intake, post: window, outcomes: {done: ended}}
  ended: {end: answered}
)"});
    hall.open();
    hall.claim("answer", "lin").value();
    hall.on("2026-03-05");
    CHECK(kinds(hall.advance().value()) == "limit_passed timer_fired task_cancelled task_offered");
    CHECK(hall.steps() == "escalated");
    CHECK(hall.holder("escalated").empty());
}

TEST_CASE("a timer that leads to no branch stays due until the values allow it") {
    Hall hall({R"(item: desk.stuck
title: Stuck
kind: instant
fields: {size: {type: number}}
start: wait
steps:
  wait: {wait: applicant, on: {supplied: wait, after 1 day: sort}}
  sort: {choose: [{when: size > 10, to: ended}]}
  ended: {end: answered}
)"});
    hall.open();
    hall.on("2026-03-09");
    CHECK(kinds(hall.advance().value()) == "limit_passed");
    CHECK(hall.advance().value().empty());
    REQUIRE(hall.supply({}, {{FieldId("size"), Value(decimal_of(11))}}));
    hall.on("2026-03-12");
    CHECK(kinds(hall.advance().value()) == "timer_fired case_ended");
}

TEST_CASE("a clock that was set back records nothing before the last event of the case") {
    // What happened is in order: the acts before were entered late, this one would be early.
    Hall hall;
    hall.open().value();
    hall.on("2026-03-05");
    CompleteTask done;
    done.task = hall.task("intake");
    done.outcome = OutcomeId("supplement");
    const auto at = [](const char* text) {
        return *parse_instant(std::string(text) + "T10:00:00+08:00", {});
    };
    Command command{done, as("lin"), {}, {}, at("2026-03-02"), {}};
    hall.perform(command).value();
    command.action = WithdrawCase{"改主意", ""};
    command.actor = Actor::the_applicant();
    command.happened = at("2026-03-03");
    hall.on("2026-03-04");
    CHECK(hall.perform(command).refused(RefusalCode::time_out_of_order));
    hall.on("2026-03-05");
    CHECK(hall.perform(command));
}

}  // namespace workflow::testing::time_test
