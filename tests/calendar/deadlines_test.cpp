#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <sstream>

#include "calendar/explanation.hpp"
#include "calendar/legal_clock.hpp"
#include "calendar/working_days.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::deadlines_test {

namespace {

Date day(std::string_view text) {
    const auto date = parse_date(text);
    REQUIRE(date);
    return *date;
}

/// The dates listed under `holidays:` and `workdays:` of a shipped calendar.
YearNotice shipped(int year) {
    const auto path = std::string(WORKFLOW_SOURCE_DIR) + "/definitions/calendars/calendar-" +
                      std::to_string(year) + ".yaml";
    std::ifstream file(path);
    REQUIRE(file);
    YearNotice notice{year, {}, {}};
    std::vector<Date>* list = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("holidays:")) list = &notice.holidays;
        if (line.starts_with("workdays:")) list = &notice.workdays;
        if (list && line.starts_with("  - 2"))
            list->push_back(day(std::string_view(line).substr(4, 10)));
    }
    return notice;
}

const WorkingDays& china() {
    static const WorkingDays calendar({shipped(2024), shipped(2025), shipped(2026)});
    return calendar;
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

std::vector<DaySpan> spans(const std::string& text) {
    std::vector<DaySpan> out;
    std::istringstream in(text);
    for (std::string span; std::getline(in, span, ';');)
        out.push_back({day(std::string_view(span).substr(0, 10)),
                       day(std::string_view(span).substr(11, 10))});
    return out;
}

}  // namespace

TEST_CASE("every worked example of the law's deadlines falls on its day") {
    std::ifstream file(std::string(WORKFLOW_SOURCE_DIR) + "/tests/calendar/deadlines.csv");
    std::string line;
    std::getline(file, line);
    int rows = 0;
    while (std::getline(file, line)) {
        const auto row = cells(line);
        INFO(row[0]);
        const Limit limit{std::stoi(row[4]),
                          row[2] == "workday" ? LimitUnit::workdays : LimitUnit::days};
        CHECK(to_string(due_day(china(), day(row[3]), limit, spans(row[5])).date) == row[6]);
        CHECK_FALSE(due_day(china(), day(row[3]), limit, spans(row[5])).provisional);
        const auto days = explain(china(), day(row[3]), limit, spans(row[5]));
        CHECK(to_string(days.back().day) == row[6]);
        CHECK(days.back().count == limit.amount);
        ++rows;
    }
    CHECK(rows == 43);
}

TEST_CASE("the shipped years have as many working days as their notices give") {
    CHECK(china().working_days_in(2024) == 251);
    CHECK(china().working_days_in(2025) == 248);
    CHECK(china().working_days_in(2026) == 248);
}

TEST_CASE("a make-up Saturday works and a holiday does not") {
    CHECK(china().is_workday(day("2025-01-26")));
    CHECK(china().is_workday(day("2025-02-08")));
    CHECK_FALSE(china().is_workday(day("2025-01-28")));
    CHECK(china().is_workday(day("2024-02-09")));
}

TEST_CASE("a limit that reaches into a year not announced yet is marked provisional") {
    const auto due = china().add(day("2026-12-21"), 20);
    CHECK(due.provisional);
    CHECK_FALSE(china().add(day("2026-12-01"), 5).provisional);
}

TEST_CASE("without any calendar Monday to Friday is assumed, before and after 1970") {
    const WorkingDays none;
    CHECK(none.add(day("2026-03-06"), 1) == Due{day("2026-03-09"), true});
    CHECK(none.add(day("1960-03-04"), 1) == Due{day("1960-03-07"), true});
    CHECK(none.count(day("2026-03-02"), day("2026-03-15")) == 10);
    CHECK(none.count(day("1969-12-29"), day("1970-01-04")) == 5);
    CHECK(none.subtract(day("2026-03-09"), 1).date == day("2026-03-06"));
    CHECK(none.roll(day("2026-03-07")).date == day("2026-03-09"));
}

TEST_CASE("a warning one working day before a limit looks back across a holiday") {
    CHECK(china().subtract(day("2025-02-05"), 1).date == day("2025-01-27"));
    CHECK(china().subtract(day("2026-10-13"), 1).date == day("2026-10-12"));
}

TEST_CASE("each day of a limit is told with what the calendar makes of it") {
    using Part = DayOfLimit::Part;
    const auto days = explain(china(), day("2025-01-24"), {5, LimitUnit::workdays});
    REQUIRE(days.size() == 15);
    CHECK(days[0] == DayOfLimit{day("2025-01-24"), DayKind::workday, Part::start, false, 0, 0});
    CHECK(days[1].kind == DayKind::weekend);
    CHECK(days[1].part == Part::no_workday);
    // The Sunday before the spring festival works, the Tuesday in it does not.
    CHECK(days[2] ==
          DayOfLimit{day("2025-01-26"), DayKind::makeup_workday, Part::counted, false, 1, 0});
    CHECK(days[4] ==
          DayOfLimit{day("2025-01-28"), DayKind::holiday, Part::no_workday, false, 2, 0});
    CHECK(days.back().day == day("2025-02-07"));
    CHECK(article_of(days[0], LimitUnit::workdays) == "民法典第二百零一条");
    CHECK(article_of(days[4], LimitUnit::workdays) == "行政许可法第八十二条");
}

TEST_CASE("a day in a pause does not count, whatever day it is") {
    const auto days = explain(china(), day("2026-03-02"), {20, LimitUnit::workdays},
                              {{day("2026-03-09"), day("2026-03-13")}});
    for (const auto& one : days)
        CHECK((one.part == DayOfLimit::Part::paused) ==
              (one.day >= day("2026-03-09") && one.day <= day("2026-03-13")));
    CHECK(days.back().day == day("2026-04-07"));
}

TEST_CASE("a limit in calendar days that ends in a holiday is moved day by day") {
    const auto days = explain(china(), day("2025-08-04"), {60, LimitUnit::days});
    CHECK(days[60].day == day("2025-10-03"));
    CHECK(days[60].part == DayOfLimit::Part::counted);
    CHECK(days[61].part == DayOfLimit::Part::moved);
    CHECK(days.back().day == day("2025-10-09"));
    CHECK(days.back().count == 60);
    CHECK(article_of(days.back(), LimitUnit::days) == "民法典第二百零三条");
    CHECK(article_of(days[60], LimitUnit::days).empty());
}

TEST_CASE("the days of a year without a notice are told as assumed") {
    for (const auto& one : explain(china(), day("2026-12-21"), {20, LimitUnit::workdays}))
        CHECK(one.assumed == (one.day >= day("2027-01-01")));
}

TEST_CASE("counting on is the same as walking day by day") {
    std::mt19937_64 random(20261123);
    const auto low = day("2022-06-01").days;
    const auto high = day("2028-06-01").days;
    for (int i = 0; i < 1'000'000; ++i) {
        const Date start{
            low + static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(high - low))};
        const auto n = static_cast<std::int64_t>(random() % 40);
        auto walked = start;
        for (std::int64_t left = n; left > 0;) {
            ++walked.days;
            if (china().is_workday(walked)) --left;
        }
        if (n == 0)
            while (!china().is_workday(walked)) ++walked.days;
        if (china().add(start, n).date != walked) FAIL(to_string(start) << " + " << n);
        if (n > 0 && china().count(Date{start.days + 1}, walked) != n)
            FAIL(to_string(start) << " count " << n);
    }
}

TEST_CASE("counting on is the same as walking in any calendar, a million times") {
    std::mt19937_64 random(20261125);
    const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random() % n); };
    std::size_t provisional = 0;
    for (int calendars = 0; calendars < 500; ++calendars) {
        // Years of 2023 to 2027, some of them not announced, with any days free and made up for.
        std::vector<YearNotice> notices;
        for (int year = 2023; year <= 2027; ++year) {
            if (below(4) == 0) continue;
            YearNotice notice{year, {}, {}};
            const auto first = date_of(year, 1, 1)->days;
            for (auto n = below(60); n > 0; --n) notice.holidays.push_back({first + below(365)});
            for (auto n = below(20); n > 0; --n) notice.workdays.push_back({first + below(365)});
            notices.push_back(std::move(notice));
        }
        const WorkingDays calendar(notices);
        for (int i = 0; i < 2'000; ++i) {
            const Date start{date_of(2022, 6, 1)->days + below(2'400)};
            const auto n = below(60);
            auto walked = start;
            bool known = calendar.covers(start);
            const auto step = [&] {
                ++walked.days;
                known = known && calendar.covers(walked);
            };
            for (auto left = n; left > 0;) {
                step();
                if (calendar.is_workday(walked)) --left;
            }
            while (n == 0 && !calendar.is_workday(walked)) step();
            if (calendar.add(start, n) != Due{walked, !known})
                FAIL(to_string(start) << " + " << n << " in calendar " << calendars);
            provisional += known ? 0 : 1;
        }
    }
    CHECK(provisional > 100'000);
}

TEST_CASE("a clock that pauses does not count the days between") {
    LegalClock clock{{20, LimitUnit::workdays}, day("2026-03-02"), {}, {}};
    clock.pause(day("2026-03-09"));
    CHECK_FALSE(clock.due(china()));
    clock.resume(day("2026-03-13"));
    CHECK(clock.due(china())->date == day("2026-04-07"));
}

}  // namespace workflow::testing::deadlines_test
