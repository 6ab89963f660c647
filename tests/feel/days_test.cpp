#include "feel_support.hpp"

namespace workflow::testing::days_test {

TEST_CASE("days and durations are added and subtracted") {
    check_all({{"today()", "@\"2026-03-02\""},
               {"now()", "@\"2026-03-02T09:30:00+08:00\""},
               {"today() + @\"P10D\"", "@\"2026-03-12\""},
               {"@\"P10D\" + today()", "@\"2026-03-12\""},
               {"today() - @\"P2D\"", "@\"2026-02-28\""},
               {"birth date + @\"P1Y\"", "@\"2001-02-28\""},
               {"@\"2026-01-31\" + @\"P1M\"", "@\"2026-02-28\""},
               {"@\"2026-01-31\" - @\"P2M\"", "@\"2025-11-30\""},
               {"@\"2026-03-12\" - today()", "@\"P10D\""},
               {"@\"23:00:00\" + @\"PT2H\"", "@\"01:00:00\""},
               {"@\"2026-03-02T23:00:00Z\" + @\"PT2H\"", "@\"2026-03-03T01:00:00Z\""},
               {"@\"PT36H\" * 2", "@\"P3D\""},
               {"@\"P10D\" / 3", "@\"P3DT8H\""},
               {"@\"P10D\" / @\"P4D\"", "2.5"},
               {"@\"P1Y\" / 5", "@\"P2M\""},
               {"-@\"P1D\"", "@\"-P1D\""},
               {"@\"P1D\" - @\"PT1H\"", "@\"PT23H\""}});
}

TEST_CASE("properties of days, times and durations") {
    check_all({{"birth date.year", "2000"},
               {"birth date.month", "2"},
               {"birth date.day", "29"},
               {"today().weekday", "1"},
               {"@\"1969-12-28\".weekday", "7"},
               {"@\"09:30:15\".minute", "30"},
               {"now().hour", "9"},
               {"now().time offset", "@\"PT8H\""},
               {"@\"-P1DT2H\".days", "-1"},
               {"@\"P1Y3M\".months", "3"},
               {"years and months duration(birth date, today()).years", "26"},
               {"years and months duration(today(), birth date).years", "-26"},
               {"day of week(@\"2026-03-08\")", "\"Sunday\""}});
}

TEST_CASE("a moment is compared wherever it was written") {
    check_all({{"@\"2026-03-02T09:30:00+08:00\" = @\"2026-03-02T01:30:00Z\"", "true"},
               {"now() > @\"2026-03-02T01:00:00Z\"", "true"},
               {"@\"09:00:00+08:00\" < @\"02:00:00Z\"", "true"},
               {"@\"P12M\" = @\"P1Y\"", "true"},
               {"anything = @\"P1D\"", "null"}});
}

TEST_CASE("what is no day, time or duration is a mistake in a literal and null in a function") {
    check_all({{"@\"2026-02-30\"", "mistake at 0-13: this is not a date, time or duration"},
               {"@\"P\"", "mistake at 0-4: this is not a date, time or duration"},
               {"@\"P1Y1D\"", "mistake at 0-8: this is not a date, time or duration"},
               {"date(\"2026-02-30\")", "null"},
               {"date(2026, 2, 29)", "null"},
               {"date(2026, 13, 1)", "null"},
               {"date(2024, 2, 29)", "@\"2024-02-29\""},
               {"time(\"24:00:00\")", "null"},
               {"duration(\"P1.5D\")", "null"},
               {"duration(\"P99999999999999999999D\")", "null"},
               {"date and time(@\"2026-03-02\", @\"09:30:00\")", "@\"2026-03-02T09:30:00\""},
               {"date(now())", "@\"2026-03-02\""},
               {"time(now())", "@\"09:30:00+08:00\""}});
}

TEST_CASE("nothing leaves the calendar, and no duration overflows") {
    check_all(
        {{"today() + @\"P400000000000D\"", "null"},
         {"today() + @\"P999999999Y\"", "null"},
         {"date(999999999, 12, 31) + @\"P1Y\"", "null"},
         {"date(1000000000, 1, 1)", "null"},
         {"-(@\"-PT9223372036854.775807S\" - @\"PT0.000001S\")", "@\"P106751991DT4H54.775808S\""},
         {"@\"P106751991D\" * 100000", "null"},
         {"@\"P500000000000D\" + @\"P500000000000D\"", "null"},
         {"@\"P1D\" / 0", "null"},
         {"for d in [today()], e in [d + @\"P300000000000D\"], f in [e + @\"P300000000000D\"] "
          "return f",
          "[null]"}});
}

}  // namespace workflow::testing::days_test
