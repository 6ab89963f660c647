// Days and hours by the clock of the hall that took the case in.

#include <catch2/catch.hpp>

#include "support/hall.hpp"
#include "support/staff.hpp"

namespace workflow::testing::zones_test {

namespace {

/// The test hall with something more said of it: `of` the organization, and of its hall north.
std::string staff(const std::string& of, const std::string& of_north = {}) {
    std::string text = hall_staff;
    const std::string title = "title: {zh: 测试大厅, en: Test hall}\n";
    text.insert(text.find(title) + title.size(), of);
    const std::string north = "north: {title: {zh: 北厅, en: North}";
    text.insert(text.find(north) + north.size(), of_north);
    return text;
}

Instant at(const char* text) {
    return *parse_instant(text, UtcOffset{0});
}

constexpr const char* waiting = R"(item: desk.wait
title: Wait
kind: committed
limits: {promised: 60 days}
channels: [window, web]
start: intake
steps:
  intake: {task: intake, post: window, limit: 1 workday, outcomes: {done: waits}}
  waits: {wait: time, on: {after 60 minutes: ended}}
  ended: {end: answered}
)";

constexpr const char* working = R"(item: desk.working
title: Working
kind: committed
limits: {promised: 60 days}
channels: [window, web]
start: intake
steps:
  intake: {task: intake, post: window, limit: 4 working hours, outcomes: {done: waits}}
  waits: {wait: time, on: {after 90 working minutes: ended}}
  ended: {end: answered}
)";

/// Both Sundays on which Europe changes its clocks are worked.
const WorkingDays& sundays() {
    static const WorkingDays calendar(
        {{2026, {}, {*date_of(2026, 3, 29), *date_of(2026, 10, 25)}}});
    return calendar;
}

}  // namespace

TEST_CASE("a limit that ends on the day of 23 hours is over at that day's local midnight") {
    Hall hall({waiting, staff("zone: Europe/Paris\n")});
    hall.facts.calendar = &sundays();
    hall.facts.now = at("2026-03-27T10:00:00+01:00");
    CHECK(find<TaskOffered>(hall.open().value())->due == day("2026-03-29"));
    hall.facts.now = at("2026-03-29T21:59:59Z");
    CHECK(hall.advance().value().empty());
    hall.facts.now = at("2026-03-29T23:30:00Z");
    const auto added = hall.advance().value();
    CHECK(kinds(added) == "limit_passed");
    CHECK(added[0].happened == at("2026-03-30T00:00:00+02:00"));
}

TEST_CASE("a limit that ends on the day of 25 hours has its last hour, too") {
    Hall hall({waiting, staff("zone: Europe/Paris\n")});
    hall.facts.calendar = &sundays();
    hall.facts.now = at("2026-10-23T10:00:00+02:00");
    hall.open();
    hall.facts.now = at("2026-10-25T22:30:00Z");
    CHECK(hall.advance().value().empty());
    hall.facts.now = at("2026-10-25T23:00:00Z");
    const auto added = hall.advance().value();
    CHECK(kinds(added) == "limit_passed");
    CHECK(added[0].happened == at("2026-10-26T00:00:00+01:00"));
}

TEST_CASE("a wait in minutes is elapsed time, whatever the clock on the wall does") {
    Hall hall({waiting, staff("zone: Europe/Paris\n")});
    hall.facts.now = at("2026-03-29T01:30:00+01:00");
    hall.open();
    const auto added = hall.complete("intake", "done", "lin").value();
    CHECK(find<TimerArmed>(added)->moment == at("2026-03-29T03:30:00+02:00"));
}

TEST_CASE("the day of a case is that of the hall which took it in") {
    const auto due_in = [](const char* where) {
        Hall hall({waiting, staff("zone: Asia/Shanghai\n", ", zone: Europe/Paris")});
        hall.application.hall = HallId(where);
        hall.facts.now = at("2026-03-02T20:00:00Z");  // Tuesday morning in the south
        return find<TaskOffered>(hall.open().value())->due;
    };
    CHECK(due_in("north") == day("2026-03-03"));
    CHECK(due_in("south") == day("2026-03-04"));
    CHECK(due_in("") == day("2026-03-04"));
}

TEST_CASE("nothing is due later than on the day of the hall where it is latest") {
    const Hall hall({waiting, staff("zone: Europe/Paris\n", ", zone: Pacific/Auckland")});
    CHECK(hall.definitions.organization.latest_day(at("2026-03-02T20:00:00Z")) ==
          day("2026-03-03"));
}

TEST_CASE("working hours pass only while the hall of the case is open") {
    const std::string hours = "hours: {mon-fri: [09:00-12:00, 14:00-17:00]}\n";
    Hall hall({working, staff(hours)});
    hall.facts.now = at("2026-03-06T16:00:00+08:00");  // a Friday
    CHECK(find<TaskOffered>(hall.open().value())->due == day("2026-03-09"));
    const auto added = hall.complete("intake", "done", "lin").value();
    const auto armed = find<TimerArmed>(added);
    CHECK(armed->due == day("2026-03-09"));
    CHECK(armed->moment == at("2026-03-09T09:30:00+08:00"));
    hall.facts.now = at("2026-03-09T09:29:00+08:00");
    CHECK(hall.advance().value().empty());
    hall.later(1);
    CHECK(kinds(hall.advance().value()) == "timer_fired case_ended");
}

TEST_CASE("a hall with hours of its own counts by those") {
    Hall hall({working, staff("hours: {mon-fri: 09:00-17:00}\n", ", hours: {sat: 09:00-12:00}")});
    hall.application.hall = HallId("north");
    hall.facts.now = at("2026-03-06T16:00:00+08:00");
    CHECK(find<TaskOffered>(hall.open().value())->due == day("2026-03-14"));
    const auto added = hall.complete("intake", "done", "lin").value();
    CHECK(find<TimerArmed>(added)->moment == at("2026-03-07T10:30:00+08:00"));
}

}  // namespace workflow::testing::zones_test
