#include "calendar/opening_hours.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

namespace workflow::testing::opening_hours_test {

namespace {

constexpr std::int64_t minute = 60'000'000;

Date day(std::string_view text) {
    return *parse_date(text);
}

/// The week of a hall: two spans from Monday to Friday, Saturday mornings, evenings on request.
WeekHours week() {
    WeekHours hours;
    for (std::size_t i = 0; i < 5; ++i) {
        hours.open.at(i) = {{540, 720}, {810, 1020}};
        hours.by_appointment.at(i) = {{1020, 1140}};
    }
    hours.open[5] = {{540, 720}};
    return hours;
}

const WorkingDays& china() {
    static const WorkingDays calendar(
        {{2026,
          {day("2026-05-01"), day("2026-05-02"), day("2026-05-04"), day("2026-05-05")},
          {day("2026-05-09")},
          {day("2026-04-30")}}});
    return calendar;
}

Instant at(std::string_view text) {
    return *parse_instant(text, UtcOffset{480});
}

const OpeningHours& hall() {
    static const OpeningHours hours(week(), china(), UtcOffset{480});
    return hours;
}

/// What the door would say, asked minute by minute, in words of its own.
Opening door(const WeekHours& hours, const WorkingDays& calendar, const LocalClock& clock,
             Instant moment) {
    const auto today = clock.day_of(moment);
    const auto shown = moment.microseconds / minute + clock.offset_at(moment).minutes;
    const auto now = static_cast<int>((shown % 1440 + 1440) % 1440);
    auto weekday = static_cast<std::size_t>(((today.days + 3) % 7 + 7) % 7);
    const bool weekend = weekday >= 5;
    if (calendar.is_workday(today)) {
        if (weekend) weekday = 0;
    } else if (!weekend || calendar.is_holiday(today)) {
        return Opening::closed;
    }
    if (calendar.is_half_day(today) && now >= 720) return Opening::closed;
    const auto inside = [&](const HourSpan& span) { return span.from <= now && now < span.to; };
    const auto& open = hours.open.at(weekday);
    const auto& asked = hours.by_appointment.at(weekday);
    if (std::any_of(open.begin(), open.end(), inside)) return Opening::open;
    if (std::any_of(asked.begin(), asked.end(), inside)) return Opening::by_appointment;
    return Opening::closed;
}

std::vector<HourSpan> random_spans() {
    std::vector<int> bounds;
    // No bound in the hour that Paris has twice: there the first of the two is meant.
    for (int i = *rc::gen::inRange(0, 3) * 2; i > 0; --i) {
        const auto quarter = *rc::gen::inRange(0, 94);
        bounds.push_back((quarter < 9 ? quarter : quarter + 3) * 15);
    }
    std::sort(bounds.begin(), bounds.end());
    std::vector<HourSpan> spans;
    for (std::size_t i = 0; i + 1 < bounds.size(); i += 2)
        if (bounds[i] < bounds[i + 1]) spans.push_back({bounds[i], bounds[i + 1]});
    return spans;
}

struct Office {
    WeekHours hours;
    WorkingDays calendar;
    LocalClock clock;
};

Office random_office() {
    static const std::vector<LocalClock> clocks{
        *LocalClock::in_zone("Europe/Paris"), *LocalClock::in_zone("America/Sao_Paulo"),
        *LocalClock::in_zone("Asia/Shanghai"), UtcOffset{-210}};
    Office office;
    for (std::size_t i = 0; i < 7; ++i) {
        office.hours.open.at(i) = random_spans();
        office.hours.by_appointment.at(i) = random_spans();
    }
    YearNotice notice{2018, {}, {}};
    const auto any = [&] { return Date{date_of(2018, 10, 20)->days + *rc::gen::inRange(0, 25)}; };
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) notice.holidays.push_back(any());
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) notice.workdays.push_back(any());
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) notice.half_days.push_back(any());
    office.calendar = WorkingDays({notice});
    office.clock = *rc::gen::elementOf(clocks);
    return office;
}

}  // namespace

TEST_CASE("a hall is open in its spans, and closed in its break, at night and on holidays") {
    CHECK(hall().at(at("2026-04-29T09:00:00")) == Opening::open);
    CHECK(hall().at(at("2026-04-29T08:59:59")) == Opening::closed);
    CHECK(hall().at(at("2026-04-29T12:00:00")) == Opening::closed);
    CHECK(hall().at(at("2026-04-29T18:00:00")) == Opening::by_appointment);
    CHECK(hall().at(at("2026-05-01T10:00:00")) == Opening::closed);
}

TEST_CASE("a half-day ends at noon, and a make-up Saturday is worked like a Monday") {
    CHECK(hall().at(at("2026-04-30T11:00:00")) == Opening::open);
    CHECK(hall().at(at("2026-04-30T14:00:00")) == Opening::closed);
    CHECK(hall().at(at("2026-05-09T14:00:00")) == Opening::open);
    CHECK(hall().at(at("2026-05-16T10:00:00")) == Opening::open);  // an ordinary Saturday
    CHECK(hall().at(at("2026-05-16T14:00:00")) == Opening::closed);
    CHECK(hall().at(at("2026-05-02T10:00:00")) == Opening::closed);  // a Saturday that is a holiday
}

TEST_CASE("working time stands over the break, the night, the half-day and the holidays") {
    CHECK(*hall().add(at("2026-04-29T11:00:00"), 120) == at("2026-04-29T14:30:00"));
    CHECK(*hall().add(at("2026-04-29T16:00:00"), 120) == at("2026-04-30T10:00:00"));
    // The morning of the half-day, no Friday to Tuesday, then Wednesday.
    CHECK(*hall().add(at("2026-04-30T11:00:00"), 120) == at("2026-05-06T10:00:00"));
    CHECK(*hall().add(at("2026-04-29T10:00:00"), 120) == at("2026-04-29T12:00:00"));
    CHECK(*hall().add(at("2026-04-29T16:30:00"), 60, Opening::by_appointment) ==
          at("2026-04-29T17:30:00"));
    CHECK(hall().between(at("2026-04-29T11:00:00"), at("2026-05-06T10:00:00")) ==
          (60 + 210 + 180 + 60) * minute);
}

TEST_CASE("two offices are open together when both are") {
    WeekHours late;
    late.open[2] = {{600, 780}};
    const auto both = OpeningHours::joined({hall(), {late, china(), UtcOffset{480}}});
    CHECK(both.at(at("2026-04-29T09:30:00")) == Opening::closed);
    CHECK(both.at(at("2026-04-29T10:00:00")) == Opening::open);
    CHECK(both.at(at("2026-04-29T12:30:00")) == Opening::closed);
    CHECK(*both.add(at("2026-04-29T11:00:00"), 90) == at("2026-05-06T10:30:00"));
}

TEST_CASE("an office that never opens gives no moment") {
    CHECK(!OpeningHours({}, china(), UtcOffset{480}).add(at("2026-04-29T09:00:00"), 1));
    CHECK(!OpeningHours::joined({}).add(at("2026-04-29T09:00:00"), 1));
}

TEST_CASE("opening hours are what a count minute by minute gives, over changes of clocks too") {
    rc::check([] {
        std::vector<Office> offices;
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) offices.push_back(random_office());
        std::vector<OpeningHours> each;
        for (const auto& one : offices) each.emplace_back(one.hours, one.calendar, one.clock);
        const auto all = OpeningHours::joined(each);
        const auto least = *rc::gen::element(Opening::open, Opening::by_appointment);
        const Instant start{(date_of(2018, 10, 24)->days * 1440 + *rc::gen::inRange(0, 1440 * 14)) *
                            minute};
        const auto length = *rc::gen::inRange(1, 1440 * 6);
        std::int64_t open = 0;
        std::optional<Instant> last;
        for (int i = 0; i < length; ++i) {
            const Instant now{start.microseconds + i * minute};
            auto said = Opening::open;
            for (const auto& one : offices)
                said = std::min(said, door(one.hours, one.calendar, one.clock, now));
            RC_ASSERT(all.at(now) == said);
            if (said < least) continue;
            ++open;
            last = Instant{now.microseconds + minute};
        }
        RC_ASSERT(all.between(start, {start.microseconds + length * minute}, least) ==
                  open * minute);
        if (open > 0) RC_ASSERT(*all.add(start, open, least) == *last);
    });
}

}  // namespace workflow::testing::opening_hours_test
