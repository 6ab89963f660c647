#include "calendar/limit_days.hpp"

#include <catch2/catch.hpp>

namespace workflow::testing::limit_days_test {

namespace {

Date day(std::string_view text) {
    return *parse_date(text);
}

}  // namespace

TEST_CASE("a limit by two calendars names the one that alone makes a day no working day") {
    const WorkingDays china({{2026, {day("2026-05-01")}, {}}});
    const WorkingDays bank({{2026, {day("2026-05-01"), day("2026-05-06")}, {}}});
    LimitDays told;
    told.limit = {2, LimitUnit::workdays};
    told.start = day("2026-05-04");
    told.count(WorkingDays::joined({&china, &bank}),
               {{CalendarId("china"), &china}, {CalendarId("bank"), &bank}});
    REQUIRE(told.days.size() == 4);  // Monday to Thursday, Wednesday passed over
    CHECK(told.days.back().day == day("2026-05-07"));
    CHECK(told.calendars == 2);
    CHECK(told.ruled_out_by_some(day("2026-05-06")) == std::vector{CalendarId("bank")});
    CHECK(told.ruled_out_by_some(day("2026-05-05")).empty());
}

TEST_CASE("a day that every calendar rules out is no single one's doing") {
    const WorkingDays china({{2026, {day("2026-05-06")}, {}}});
    LimitDays told;
    told.limit = {2, LimitUnit::workdays};
    told.start = day("2026-05-04");
    told.count(WorkingDays::joined({&china, &china}),
               {{CalendarId("china"), &china}, {CalendarId("bank"), &china}});
    CHECK(told.ruled_out_by_some(day("2026-05-06")).empty());
}

TEST_CASE("the first year counted without its notice is the one that is assumed") {
    const WorkingDays china(std::vector<YearNotice>{{2026, {}, {}}});
    LimitDays told;
    told.limit = {5, LimitUnit::workdays};
    told.start = day("2026-12-30");
    told.count(china, {{CalendarId("china"), &china}});
    CHECK(told.assumed_year() == 2027);
    CHECK(told.ruled_out.empty());
    told.start = day("2026-03-02");
    told.count(china, {{CalendarId("china"), &china}});
    CHECK_FALSE(told.assumed_year());
}

TEST_CASE("minutes have no days") {
    LimitDays told;
    told.limit = {90, LimitUnit::minutes};
    told.start = day("2026-03-02");
    told.count(WorkingDays(), {});
    CHECK(told.days.empty());
}

TEST_CASE("the limit between two days ends where it is said to") {
    const WorkingDays china({{2026, {day("2026-05-01")}, {}}});
    CHECK(limit_between(china, LimitUnit::workdays, day("2026-04-30"), day("2026-05-05")) ==
          Limit{2, LimitUnit::workdays});
    CHECK(limit_between(china, LimitUnit::days, day("2026-04-30"), day("2026-05-05")) ==
          Limit{5, LimitUnit::days});
}

}  // namespace workflow::testing::limit_days_test
