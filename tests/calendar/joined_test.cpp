#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "calendar/explanation.hpp"
#include "calendar/working_days.hpp"

namespace workflow::testing::joined_test {

namespace {

Date day(std::string_view text) {
    return *parse_date(text);
}

WorkingDays random_calendar() {
    std::vector<YearNotice> notices;
    for (int year = 2023; year < 2029; ++year) {
        if (*rc::gen::inRange(0, 3) == 0) continue;
        YearNotice notice{year, {}, {}};
        const auto any = [&] {
            return Date{date_of(year, 1, 1)->days + *rc::gen::inRange(0, 365)};
        };
        for (int i = *rc::gen::inRange(0, 30); i > 0; --i) notice.holidays.push_back(any());
        for (int i = *rc::gen::inRange(0, 10); i > 0; --i) notice.workdays.push_back(any());
        for (int i = *rc::gen::inRange(0, 10); i > 0; --i) notice.half_days.push_back(any());
        notices.push_back(std::move(notice));
    }
    return WorkingDays(std::move(notices));
}

}  // namespace

TEST_CASE("a day counts only where each of the joined calendars says so") {
    const WorkingDays china({{2026, {day("2026-05-01")}, {day("2026-05-09")}}});
    const WorkingDays bank({{2026, {day("2026-05-01"), day("2026-05-06")}, {}}});
    const auto both = WorkingDays::joined({&china, &bank});
    CHECK_FALSE(both.is_workday(day("2026-05-01")));
    CHECK_FALSE(both.is_workday(day("2026-05-06")));
    CHECK_FALSE(both.is_workday(day("2026-05-09")));  // the bank makes up for nothing
    CHECK(both.add(day("2026-05-05"), 1) == Due{day("2026-05-07"), false});
    CHECK(kind_of_day(both, day("2026-05-09")) == DayKind::weekend);
    CHECK(kind_of_day(both, day("2026-05-06")) == DayKind::holiday);
}

TEST_CASE("a year is provisional when any of the joined calendars lacks its notice") {
    const WorkingDays china({{2026, {}, {}}, {2027, {}, {}}});
    const WorkingDays bank(std::vector<YearNotice>{{2026, {}, {}}});
    const auto both = WorkingDays::joined({&china, &bank});
    CHECK_FALSE(both.add(day("2026-03-02"), 5).provisional);
    CHECK(both.add(day("2027-03-01"), 5).provisional);
    const WorkingDays none;
    CHECK(WorkingDays::joined({&china, &none}).add(day("2026-03-02"), 5).provisional);
    CHECK(WorkingDays::joined({}).add(day("2026-03-02"), 5) == none.add(day("2026-03-02"), 5));
}

TEST_CASE("joined calendars count as walking from day to day through all of them does") {
    rc::check([] {
        std::vector<WorkingDays> calendars;
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) calendars.push_back(random_calendar());
        std::vector<const WorkingDays*> parts;
        for (const auto& one : calendars) parts.push_back(&one);
        const auto all = WorkingDays::joined(parts);
        const Date start{date_of(2022, 6, 1)->days + *rc::gen::inRange(0, 2800)};
        const auto n = *rc::gen::inRange(1, 60);
        auto walked = start;
        bool known = std::all_of(calendars.begin(), calendars.end(),
                                 [&](const auto& one) { return one.covers(start); });
        for (int left = n; left > 0;) {
            ++walked.days;
            bool works = true;
            for (const auto& one : calendars) {
                works = works && one.is_workday(walked);
                known = known && one.covers(walked);
            }
            if (works) --left;
        }
        RC_ASSERT(all.add(start, n) == (Due{walked, !known}));
        RC_ASSERT(all.count({start.days + 1}, walked) == n);
        for (auto one = start; one <= walked; ++one.days) {
            const auto any = [&](auto ask) {
                return std::any_of(calendars.begin(), calendars.end(), ask);
            };
            RC_ASSERT(all.is_holiday(one) ==
                      any([&](const auto& calendar) { return calendar.is_holiday(one); }));
            if (all.is_workday(one))
                RC_ASSERT(all.is_half_day(one) ==
                          any([&](const auto& calendar) { return calendar.is_half_day(one); }));
        }
    });
}

}  // namespace workflow::testing::joined_test
