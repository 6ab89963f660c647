#include "calendar/local_clock.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace workflow::testing::local_clock_test {

namespace {

LocalClock in(std::string_view zone) {
    const auto clock = LocalClock::in_zone(zone);
    REQUIRE(clock);
    return *clock;
}

Date day(std::string_view text) {
    return *parse_date(text);
}

Instant utc(std::string_view text) {
    return *parse_instant(text, UtcOffset{0});
}

std::int64_t hours_of(const LocalClock& clock, Date date) {
    return (clock.start_of({date.days + 1}).microseconds - clock.start_of(date).microseconds) /
           3'600'000'000;
}

}  // namespace

TEST_CASE("in Paris the day on which clocks go forward has 23 hours, and back 25") {
    const auto paris = in("Europe/Paris");
    CHECK(hours_of(paris, day("2026-03-28")) == 24);
    CHECK(hours_of(paris, day("2026-03-29")) == 23);
    CHECK(hours_of(paris, day("2026-10-25")) == 25);
    CHECK(paris.start_of(day("2026-03-29")) == utc("2026-03-28T23:00:00Z"));
    CHECK(paris.start_of(day("2026-03-30")) == utc("2026-03-29T22:00:00Z"));
}

TEST_CASE("a moment is printed with the offset that the clock has then") {
    const auto paris = in("Europe/Paris");
    CHECK(to_string(utc("2026-03-29T00:59:59Z"), paris) == "2026-03-29T01:59:59+01:00");
    CHECK(to_string(utc("2026-03-29T01:00:00Z"), paris) == "2026-03-29T03:00:00+02:00");
    CHECK(to_string(utc("2026-10-25T00:30:00Z"), paris) == "2026-10-25T02:30:00+02:00");
    CHECK(to_string(utc("2026-10-25T01:30:00Z"), paris) == "2026-10-25T02:30:00+01:00");
}

TEST_CASE(
    "a time that the clock shows twice is the earlier one, and one it leaves out the change") {
    const auto paris = in("Europe/Paris");
    CHECK(*read_instant("2026-10-25T02:30:00", paris) == utc("2026-10-25T00:30:00Z"));
    CHECK(*read_instant("2026-03-29T02:30:00", paris) == utc("2026-03-29T01:00:00Z"));
    CHECK(*read_instant("2026-10-25T02:30:00+01:00", paris) == utc("2026-10-25T01:30:00Z"));
    CHECK(*read_instant("2026-10-25T02:30:00Z", paris) == utc("2026-10-25T02:30:00Z"));
}

TEST_CASE("where clocks go forward over midnight the day begins at one") {
    const auto brazil = in("America/Sao_Paulo");
    const auto start = brazil.start_of(day("2018-11-04"));
    CHECK(to_string(start, brazil) == "2018-11-04T01:00:00-02:00");
    CHECK(brazil.day_of({start.microseconds - 1}) == day("2018-11-03"));
    CHECK(hours_of(brazil, day("2018-11-04")) == 23);
}

TEST_CASE("a day that a zone left out has no time in it") {
    const auto samoa = in("Pacific/Apia");
    CHECK(samoa.start_of(day("2011-12-30")) == samoa.start_of(day("2011-12-31")));
    CHECK(samoa.day_of(samoa.start_of(day("2011-12-30"))) == day("2011-12-31"));
}

TEST_CASE("China's summer time of 1986 to 1991 is known") {
    const auto china = in("Asia/Shanghai");
    CHECK(china.offset_at(utc("1988-07-01T00:00:00Z")).minutes == 540);
    CHECK(china.offset_at(utc("2026-07-01T00:00:00Z")).minutes == 480);
}

TEST_CASE("a zone that there is not is no clock, and a fixed offset is one") {
    CHECK(!LocalClock::in_zone("Asia/Shangai"));
    CHECK(LocalClock(UtcOffset{60}).start_of(day("2026-03-30")) == utc("2026-03-29T23:00:00Z"));
    CHECK(LocalClock().zone().empty());
    CHECK(in("Europe/Paris").zone() == "Europe/Paris");
}

TEST_CASE("each day begins with its first moment, in every zone with changes of clocks") {
    const std::vector<LocalClock> clocks{in("Europe/Paris"),        in("America/Sao_Paulo"),
                                         in("Asia/Shanghai"),       in("Africa/Casablanca"),
                                         in("Australia/Lord_Howe"), in("America/Havana"),
                                         in("Asia/Beirut"),         UtcOffset{-210}};
    rc::check([&] {
        const auto& clock = *rc::gen::elementOf(clocks);
        const Date date{*rc::gen::inRange(7'000, 25'000)};
        const auto start = clock.start_of(date);
        RC_ASSERT(clock.day_of(start) == date);
        RC_ASSERT(clock.day_of({start.microseconds - 1}) == Date{date.days - 1});
        const auto minute = *rc::gen::inRange(0, 1440);
        const auto shown = clock.at(date, minute * std::int64_t{60'000'000});
        RC_ASSERT(clock.day_of(shown) == date);
        RC_ASSERT(shown >= start);
    });
}

}  // namespace workflow::testing::local_clock_test
