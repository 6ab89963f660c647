// The end of a limit with pauses, against walking from day to day with the law in hand.

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "calendar/explanation.hpp"
#include "calendar/legal_clock.hpp"

namespace workflow::testing::pauses_test {

namespace {

Date random_day(int year) {
    return Date{date_of(year, 1, 1)->days + *rc::gen::inRange(0, 365)};
}

WorkingDays random_calendar() {
    std::vector<YearNotice> notices;
    for (const int year : {2025, 2026}) {
        YearNotice notice{year, {}, {}};
        for (int i = *rc::gen::inRange(0, 40); i > 0; --i)
            notice.holidays.push_back(random_day(year));
        for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
            const auto day = random_day(year);
            if (std::find(notice.holidays.begin(), notice.holidays.end(), day) ==
                notice.holidays.end())
                notice.workdays.push_back(day);
        }
        notices.push_back(std::move(notice));
    }
    return WorkingDays(std::move(notices));
}

bool holds(const std::vector<DaySpan>& spans, Date day) {
    return std::any_of(spans.begin(), spans.end(),
                       [&](const DaySpan& span) { return span.from <= day && day <= span.to; });
}

/// The law's own words: the day of the start does not count (R2), a day of a pause does not (R14),
/// of a limit in working days only those count (R1), and one in days ends on a working day (R3).
Date walked(const WorkingDays& calendar, Date start, Limit limit,
            const std::vector<DaySpan>& pauses) {
    auto day = start;
    for (auto left = limit.amount; left > 0;) {
        ++day.days;
        if (holds(pauses, day)) continue;
        if (limit.unit == LimitUnit::workdays && !calendar.is_workday(day)) continue;
        --left;
    }
    while (!calendar.is_workday(day)) ++day.days;
    return day;
}

struct RandomClock {
    WorkingDays calendar;
    Date start;
    Limit limit;
    std::vector<DaySpan> pauses;
};

RandomClock random_clock() {
    RandomClock made{
        random_calendar(),
        random_day(2025),
        Limit{*rc::gen::inRange(1, 90), *rc::gen::element(LimitUnit::workdays, LimitUnit::days)},
        {}};
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
        const Date from{made.start.days + *rc::gen::inRange(-20, 120)};
        made.pauses.push_back({from, Date{from.days + *rc::gen::inRange(-2, 25)}});
    }
    return made;
}

}  // namespace

TEST_CASE("a limit with pauses ends where walking from day to day ends") {
    REQUIRE(rc::check("like walking", [] {
        const auto [calendar, start, limit, pauses] = random_clock();
        RC_ASSERT(due_day(calendar, start, limit, pauses).date ==
                  walked(calendar, start, limit, pauses));
    }));
}

TEST_CASE("the days of a limit are told one after the other, to the day on which it ends") {
    REQUIRE(rc::check("like the clock", [] {
        const auto [calendar, start, limit, pauses] = random_clock();
        const auto days = explain(calendar, start, limit, pauses);
        RC_ASSERT(days.back().day == due_day(calendar, start, limit, pauses).date);
        std::int64_t counted = 0;
        for (std::size_t i = 0; i < days.size(); ++i) {
            RC_ASSERT(days[i].day.days == start.days + static_cast<std::int64_t>(i));
            counted += days[i].part == DayOfLimit::Part::counted ? 1 : 0;
            RC_ASSERT(days[i].count == counted);
            if (days[i].part == DayOfLimit::Part::paused) RC_ASSERT(holds(pauses, days[i].day));
        }
        RC_ASSERT(counted == limit.amount);
    }));
}

TEST_CASE("a limit counts back to the day it began on") {
    REQUIRE(rc::check("there and back", [] {
        const auto calendar = random_calendar();
        const auto day = calendar.roll(random_day(2025)).date;
        const auto n = *rc::gen::inRange(1, 300);
        RC_ASSERT(calendar.subtract(calendar.add(day, n).date, n).date == day);
        RC_ASSERT(calendar.count(Date{day.days + 1}, calendar.add(day, n).date) == n);
    }));
}

}  // namespace workflow::testing::pauses_test
