#include <catch2/catch.hpp>
#include <workflow/values.hpp>

namespace workflow::testing::time_test {

TEST_CASE("every day of four hundred years is itself again") {
    const auto first = date_of(1900, 1, 1)->days;
    for (int i = 0; i < 146097; ++i) {
        const Date day{first + i};
        const auto c = civil(day);
        if (date_of(c.year, c.month, c.day) != day || parse_date(to_string(day)) != day)
            FAIL(to_string(day));
    }
    CHECK(date_of(1970, 1, 1)->days == 0);
}

TEST_CASE("days that do not exist are not read") {
    for (const char* text :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01x", ""})
        CHECK_FALSE(parse_date(text));
    CHECK(parse_date("2024-02-29"));
}

TEST_CASE("a moment is the same in every offset it is written in") {
    const UtcOffset china{480};
    const auto moment = parse_instant("2026-03-02T09:00:00", china);
    REQUIRE(moment);
    CHECK(moment == parse_instant("2026-03-02T01:00:00Z", china));
    CHECK(moment == parse_instant("2026-03-01T20:30-04:30", china));
    CHECK(to_string(*moment, china) == "2026-03-02T09:00:00+08:00");
    CHECK(to_string(*parse_instant("2010-10-02T23:30:00.250+02:00", china), UtcOffset{120}) ==
          "2010-10-02T23:30:00.250000+02:00");
    for (const char* text :
         {"2026-03-02", "2026-03-02T25:00", "2026-03-02T09:00:00+8", "2026-03-02T09:00:00Zx"})
        CHECK_FALSE(parse_instant(text, china));
}

TEST_CASE("the hall's day begins at its own midnight") {
    const UtcOffset china{480};
    CHECK(local_date(*parse_instant("2026-03-01T16:00:00Z", china), china) == date_of(2026, 3, 2));
    CHECK(local_date(*parse_instant("2026-03-01T15:59:59Z", china), china) == date_of(2026, 3, 1));
    CHECK(start_of(*date_of(2026, 3, 2), china) == *parse_instant("2026-03-01T16:00:00Z", china));
}

TEST_CASE("values print as FEEL literals and compare by content") {
    CHECK(to_string(Value("他说\"好\"")) == "\"他说\\\"好\\\"\"");
    CHECK(to_string(Value(List{Value(true), Value(), Value(*parse_decimal("2.50"))})) ==
          "[true, null, 2.50]");
    CHECK(to_string(Value(*date_of(2026, 3, 2))) == "@\"2026-03-02\"");
    CHECK(to_string(Value(DaysTimeDuration{90'000'000'000})) == "@\"PT1M30S\"");
    CHECK(Value(*parse_decimal("2.50")) == Value(*parse_decimal("2.5")));
    CHECK_FALSE(Value("1") == Value(*parse_decimal("1")));
    CHECK(Value(Context{{"a", Value(true)}}) == Value(Context{{"a", Value(true)}}));
}

}  // namespace workflow::testing::time_test
