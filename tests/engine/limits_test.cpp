// What the law does with time beside counting it: extension, silence, warnings, urging, rules, and
// a calendar that is announced late.

#include <catch2/catch.hpp>

#include "support/hall.hpp"
#include "support/permit_item.hpp"

namespace workflow::testing::limits_test {

namespace {

const std::string permit = permit_item(
    "statutory: 20 workdays, promised: 15 workdays, warn: {yellow: 3 workdays, red: 1 workday}");

/// Accepted on that day and before whoever approves extensions.
void ask_for_time(Hall& hall, const std::string& accepted) {
    hall.on(accepted);
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    hall.complete_by_holder("review", "ask").value();
}

}  // namespace

TEST_CASE("the law's limit is extended once, by approval, with a reason, before it has passed") {
    // R10, with its examples.
    for (const auto& [accepted, due, extended] :
         {std::tuple{"2026-03-02", "2026-03-30", "2026-04-14"},
          std::tuple{"2025-01-20", "2025-02-21", "2025-03-07"}}) {
        Hall hall({permit});
        ask_for_time(hall, accepted);
        CHECK(hall.c.statutory_due == day(due));
        CHECK(hall.complete("asking", "grant", "lu").refused(RefusalCode::reason_required));
        hall.on(due);
        const auto added = hall.complete("asking", "grant", "lu", "案情复杂").value();
        REQUIRE(find<LimitExtended>(added));
        CHECK(find<LimitExtended>(added)->statutory_due == day(extended));
        CHECK(hall.c.statutory_due == day(extended));
        hall.complete_by_holder("review", "ask").value();
        CHECK(
            hall.complete("asking", "grant", "lu", "again").refused(RefusalCode::extended_already));
        CHECK(hall.complete("asking", "deny", "lu"));
    }
}

TEST_CASE("a limit that has passed is not extended any more") {
    Hall hall({permit});
    ask_for_time(hall, "2026-03-02");
    hall.on("2026-03-31");
    CHECK(hall.complete("asking", "grant", "lu", "late").refused(RefusalCode::too_late_to_extend));
    hall.advance().value();
    CHECK(hall.complete("asking", "grant", "lu", "late").refused(RefusalCode::too_late_to_extend));
}

TEST_CASE("a limit that does not run yet is not extended") {
    // The permit's limits run from its acceptance.
    auto early = permit;
    early.insert(early.find("accept: {"), "extend: {to: intake, extends: 10 workdays}\n      ");
    Hall hall({early});
    hall.open().value();
    const auto answer = hall.complete("intake", "extend", "lin", "案情复杂");
    CHECK(answer.refused(RefusalCode::too_late_to_extend));
    CHECK(answer.refusal().message == "the limit of the case case-1 is not running yet");
}

TEST_CASE("an extension leaves the promise and what has been told of it as they are") {
    Hall hall({permit});
    ask_for_time(hall, "2026-03-02");
    const auto promised = hall.c.promised_due;
    hall.on("2026-03-27");
    hall.advance().value();
    REQUIRE(hall.c.promised_passed);
    hall.complete("asking", "grant", "lu", "案情复杂").value();
    CHECK(hall.c.promised_due == promised);
    CHECK(hall.c.promised_passed);
    CHECK(!hall.c.statutory_passed);
}

TEST_CASE("an extension that leads to a pause is in the limit when the clock runs on") {
    Hall hall({permit}), plain({permit});
    ask_for_time(hall, "2026-03-02");
    hall.complete("asking", "grant-and-inspect", "lu", "现场核查").value();
    CHECK(!hall.c.statutory_due);
    hall.on("2026-03-10");
    hall.advance().value();
    // 2 to 9 March did not count: 30 working days from 2 March without these six.
    CHECK(hall.c.statutory->limit == Limit{30, LimitUnit::workdays});
    CHECK(hall.c.statutory_due == hall.c.statutory->due(hall.definitions.calendar)->date);
    CHECK(*hall.c.statutory_due > day("2026-04-14"));
}

TEST_CASE("what nobody answers in time is deemed accepted from the day it was received") {
    // R5: received 2025-01-20, last day for the notice Sunday 2025-01-26.
    Hall hall({permit});
    hall.on("2025-01-20");
    hall.open();
    hall.on("2025-01-26");
    hall.advance().value();
    CHECK(!hall.c.accepted);
    hall.on("2025-01-27");
    const auto added = hall.advance().value();
    REQUIRE(find<CaseAccepted>(added));
    CHECK(find<TimerFired>(added)->due == day("2025-01-26"));
    CHECK(find<CaseAccepted>(added)->accepted == day("2025-01-20"));
    CHECK(hall.c.statutory_due == day("2025-02-21"));
    CHECK(hall.steps() == "review");
}

TEST_CASE("after a supplement silence counts from the day it was brought") {
    Hall hall({permit});
    hall.on("2026-03-02");
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    hall.on("2026-03-09");
    hall.supply({}).value();
    hall.on("2026-03-17");
    hall.advance().value();
    CHECK(hall.c.accepted == day("2026-03-09"));
}

TEST_CASE("a notice on the last day is in time") {
    Hall hall({permit});
    hall.on("2025-01-20");
    hall.open();
    hall.on("2025-01-26");
    hall.complete("intake", "supplement", "lin").value();
    hall.on("2025-02-20");
    hall.advance().value();
    CHECK(!hall.c.accepted);
    CHECK(hall.steps() == "supplementing");
}

TEST_CASE("an applicant who does not answer is deemed to withdraw") {
    Hall hall({permit});
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    hall.on("2026-06-01");
    hall.advance().value();
    CHECK(hall.status() == "withdrawn");
}

TEST_CASE("limits may run from the day on which the last material was received") {
    // R7: received 2026-04-27, notice 2026-04-29, everything supplied Wed 2026-05-06.
    Hall hall({R"(item: permit.file
title: Permit
kind: committed
limits: {promised: 3 workdays, counted from: receipt}
start: intake
steps:
  intake:
    task: intake
    post: window
    outcomes:
      accept: {to: review, accepts: true}
      supplement: {to: supplementing, at most: 1}
  supplementing: {wait: applicant, on: {supplied: intake, after 30 workdays: lapsed}}
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
  lapsed: {end: lapsed}
)"});
    hall.on("2026-04-27");
    hall.open();
    hall.on("2026-04-29");
    hall.complete("intake", "supplement", "lin").value();
    hall.on("2026-05-06");
    hall.supply({}).value();
    hall.on("2026-05-07");
    hall.complete("intake", "accept", "lin").value();
    CHECK(hall.c.accepted == day("2026-05-06"));
    CHECK(hall.c.promised_due == day("2026-05-09"));
}

TEST_CASE("a limit is warned of, yellow and then red, on the mornings that the item says") {
    Hall hall({permit});
    hall.open();
    const auto accepted = hall.complete("intake", "accept", "lin").value();
    REQUIRE(find<WarningsSet>(accepted));
    CHECK(find<WarningsSet>(accepted)->warnings.size() == 4);
    CHECK(hall.c.promised_due == day("2026-03-23"));
    hall.on("2026-03-17");
    CHECK(hall.advance().value().empty());
    hall.on("2026-03-18");
    const auto yellow = hall.advance().value();
    REQUIRE(kinds(yellow) == "limit_near");
    CHECK(find<LimitNear>(yellow)->warning.signal == Signal::yellow);
    CHECK(find<LimitNear>(yellow)->warning.kind == LimitPassed::Kind::promised);
    CHECK(find<LimitNear>(yellow)->due == day("2026-03-23"));
    CHECK(hall.advance().value().empty());
    hall.on("2026-03-24");
    CHECK(kinds(hall.advance().value()) == "limit_near limit_passed");
    hall.on("2026-04-01");
    const auto rest = hall.advance().value();
    CHECK(kinds(rest) == "limit_near limit_near limit_passed");
    CHECK(rest[0].happened == *parse_instant("2026-03-25T00:00:00+08:00", {}));
    CHECK(rest[1].happened == *parse_instant("2026-03-27T00:00:00+08:00", {}));
}

TEST_CASE("the working day before a holiday warns of the limit behind it") {
    // R27: promised due 2025-02-05, warning from 2025-01-27; due 2026-10-13, from 2026-10-12.
    for (const auto& [accepted, due, warned] :
         {std::tuple{"2025-01-20", "2025-02-05", "2025-01-27"},
          std::tuple{"2026-09-30", "2026-10-13", "2026-10-12"}}) {
        Hall hall({R"(item: permit.fast
title: Permit
kind: committed
limits: {promised: {workdays: 'if copies > 1 then 7 else 5', at most: 10}, warn: 1 workday}
fields: {copies: {type: number, default: 1}}
start: review
steps:
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
)"});
        hall.on(accepted);
        if (std::string(accepted) == "2025-01-20")
            hall.application.fields = {{FieldId("copies"), Value(decimal_of(2))}};
        const auto opened = hall.open().value();
        CHECK(hall.c.promised_due == day(due));
        REQUIRE(find<WarningsSet>(opened));
        CHECK(find<WarningsSet>(opened)->warnings ==
              std::vector<Warning>{
                  {LimitPassed::Kind::promised, TaskNumber{}, Signal::yellow, day(warned)}});
    }
}

TEST_CASE("a warning counts in the unit of its limit: days or workdays") {
    for (const auto& [before, warned] :
         {std::pair{"3 days", "2026-03-20"}, std::pair{"3 workdays", "2026-03-18"}}) {
        Hall hall({std::string(R"(item: permit.fast
title: Permit
kind: committed
limits: {promised: 21 days, warn: )") +
                   before + R"(}
start: review
steps:
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
)"});
        const auto opened = hall.open().value();
        CHECK(hall.c.promised_due == day("2026-03-23"));  // a Monday
        REQUIRE(find<WarningsSet>(opened));
        CHECK(find<WarningsSet>(opened)->warnings.front().from == day(warned));
    }
}

TEST_CASE("while the clock stands nobody is warned, and afterwards of the new day") {
    Hall hall({permit});
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    hall.complete_by_holder("review", "inspect").value();
    CHECK(hall.c.warnings.empty());
    hall.on("2026-03-10");
    hall.advance().value();
    CHECK(hall.c.warnings.size() == 4);
    for (const auto& warning : hall.c.warnings)
        if (warning.kind == LimitPassed::Kind::promised && warning.signal == Signal::red)
            CHECK(warning.from == hall.definitions.calendar.subtract(*hall.c.promised_due, 1).date);
}

TEST_CASE("a task's limit is warned of, and when it has passed its step says whom to tell") {
    Hall hall({permit});
    hall.open();
    hall.on("2026-03-05");
    const auto warned = hall.advance().value();
    REQUIRE(kinds(warned) == "limit_near");
    CHECK(find<LimitNear>(warned)->warning.task == hall.task("intake"));
    hall.on("2026-03-07");
    const auto late = hall.advance().value();
    REQUIRE(kinds(late) == "limit_passed task_escalated");
    CHECK(find<TaskEscalated>(late)->post == PostId("registry"));
    // Being told is not being allowed: the duty is still the window's.
    CHECK(hall.complete("intake", "accept", "lu").refused(RefusalCode::not_on_post));
}

TEST_CASE("the applicant and supervisors ask for haste, once a day each") {
    Hall hall({permit});
    hall.open();
    const auto applicant = Actor::the_applicant();
    CHECK(hall.perform(UrgeCase{"I travel on Monday"}, applicant));
    CHECK(hall.perform(UrgeCase{"please"}, applicant).refused(RefusalCode::urged_already));
    CHECK(hall.perform(UrgeCase{"督办"}, as("chief")));
    CHECK(hall.perform(UrgeCase{"me too"}, as("lin")).refused(RefusalCode::not_entitled));
    hall.on("2026-03-03");
    CHECK(hall.perform(UrgeCase{"please"}, applicant));
    CHECK(hall.c.times_urged == 3);
}

TEST_CASE("a rule computes limits from the case, and the longest holds where it gives none") {
    constexpr const char* injury = R"(item: injury.recognise
title: Injury
kind: committed
limits: {statutory: {days: 'if clear then 15 else workers * 20', at most: 60}}
fields: {clear: {type: boolean, default: false}, workers: {type: number}}
start: intake
steps:
  intake:
    task: intake
    post: window
    limit: {workdays: workers, at most: 5}
    outcomes: {accept: {to: decide, accepts: true}}
  decide: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
)";
    const auto due = [&](FieldValues fields, const char* accepted) {
        Hall hall({injury});
        hall.on(accepted);
        hall.application.fields = std::move(fields);
        hall.open();
        const auto task_due = *hall.c.tasks.front().due;
        const auto added = hall.complete("intake", "accept", "lin").value();
        REQUIRE(find<LimitsComputed>(added));
        CHECK(find<LimitsComputed>(added)->statutory == hall.c.statutory->limit);
        return std::pair(*hall.c.statutory_due, task_due);
    };
    const auto number = [](int n) { return Value(decimal_of(n)); };
    const FieldId clear("clear"), workers("workers");
    CHECK(due({{clear, Value(true)}}, "2026-02-03").first == day("2026-02-24"));
    CHECK(due({{workers, number(2)}}, "2026-03-02") ==
          std::pair(day("2026-04-13"), day("2026-03-04")));
    // 80 and null are not what the law allows: sixty days, five working days.
    CHECK(due({{workers, number(4)}}, "2025-08-04").first == day("2025-10-09"));
    CHECK(due({}, "2025-08-04") == std::pair(day("2025-10-09"), day("2025-08-11")));
}

TEST_CASE(
    "days counted by a calendar that is not complete are counted anew when the notice comes") {
    Hall hall({permit});
    const auto known = hall.definitions.calendar;
    YearNotice until_2025{2025, {}, {}};
    hall.definitions.calendar = WorkingDays({until_2025});
    hall.on("2026-01-26");
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    REQUIRE(hall.c.provisional);
    CHECK(hall.c.statutory_due == day("2026-02-23"));
    CHECK(engine::wake_day(hall.c) == Date{});
    CHECK(hall.advance().value().empty());
    hall.definitions.calendar = known;
    hall.on("2026-02-10");
    const auto added = hall.advance().value();
    REQUIRE(find<DaysRecounted>(added));
    CHECK(find<DaysRecounted>(added)->statutory_due == day("2026-02-28"));
    CHECK(!find<DaysRecounted>(added)->provisional);
    CHECK(!hall.c.provisional);
    // By the days first counted the promise would have been near on the 11th.
    CHECK(find<LimitNear>(added) == nullptr);
    CHECK(hall.c.promised_due == day("2026-02-14"));
    CHECK(hall.advance().value().empty());
}

TEST_CASE("a calendar that was amended changes running days only when that is asked for") {
    Hall hall({permit});
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    const auto before = hall.c.timers.front().due;
    hall.definitions.calendar = WorkingDays({{2026, {day("2026-03-03"), day("2026-03-04")}, {}}});
    CHECK(hall.advance().value().empty());
    const auto added = hall.perform(AdvanceCase{true}, Actor::the_engine()).value();
    REQUIRE(find<DaysRecounted>(added));
    CHECK(hall.c.timers.front().due != before);
    CHECK(hall.perform(AdvanceCase{true}, Actor::the_engine()).value().empty());
}

}  // namespace workflow::testing::limits_test
