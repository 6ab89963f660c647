#include "opening_hours.hpp"

#include <algorithm>

#include "../base/time_units.hpp"

namespace workflow::inline v0 {
namespace {

constexpr int noon = 12 * 60;
constexpr std::int64_t longest = 40 * 366;  // the number of days that `add` examines

/// Monday 0 .. Sunday 6; 1970-01-01 was a Thursday.
std::size_t weekday(Date day) {
    return static_cast<std::size_t>(((day.days + 3) % 7 + 7) % 7);
}

const std::vector<HourSpan>& spans_of(const std::array<std::vector<HourSpan>, 7>& week,
                                      const WorkingDays& calendar, Date day) {
    static const std::vector<HourSpan> none;
    constexpr std::size_t monday = 0, saturday = 5;
    const auto own = weekday(day);
    if (calendar.is_workday(day)) return week.at(own < saturday ? own : monday);
    return own < saturday || calendar.is_holiday(day) ? none : week.at(own);
}

/// Returns the times in order; adjacent times are merged.
std::vector<OpenTime> merged(std::vector<OpenTime> times) {
    std::sort(times.begin(), times.end(),
              [](const OpenTime& a, const OpenTime& b) { return a.from < b.from; });
    std::vector<OpenTime> result;
    for (const auto& time : times) {
        if (time.to <= time.from) continue;
        if (!result.empty() && time.from <= result.back().to)
            result.back().to = std::max(result.back().to, time.to);
        else
            result.push_back(time);
    }
    return result;
}

std::vector<OpenTime> in_common(const std::vector<OpenTime>& a, const std::vector<OpenTime>& b) {
    std::vector<OpenTime> result;
    for (const auto& one : a)
        for (const auto& other : b) {
            const OpenTime both{std::max(one.from, other.from), std::min(one.to, other.to)};
            if (both.from < both.to) result.push_back(both);
        }
    return result;
}

}  // namespace

bool opens_on(const WeekHours& week, const WorkingDays& calendar, Date day) {
    const auto& spans = spans_of(week.open, calendar, day);
    return !spans.empty() && !(calendar.is_half_day(day) && spans.front().from >= noon);
}

OpeningHours::OpeningHours(WeekHours week, const WorkingDays& calendar, LocalClock clock)
    : offices_{{std::move(week), &calendar, clock}} {}

OpeningHours OpeningHours::joined(const std::vector<OpeningHours>& offices) {
    OpeningHours all;
    for (const auto& office : offices)
        all.offices_.insert(all.offices_.end(), office.offices_.begin(), office.offices_.end());
    return all;
}

std::vector<OpenTime> OpeningHours::of_day(const Office& office, Date day, Opening least) {
    std::vector<OpenTime> times;
    const auto add = [&](const std::array<std::vector<HourSpan>, 7>& week) {
        for (const auto& span : spans_of(week, *office.calendar, day)) {
            const auto to = office.calendar->is_half_day(day) ? std::min(span.to, noon) : span.to;
            if (span.from >= to) continue;
            times.push_back({office.clock.at(day, span.from * micros_a_minute),
                             to == 1440 ? office.clock.start_of({day.days + 1})
                                        : office.clock.at(day, to * micros_a_minute)});
        }
    };
    add(office.week.open);
    if (least == Opening::by_appointment) add(office.week.by_appointment);
    return merged(std::move(times));
}

std::vector<OpenTime> OpeningHours::of_day(Date day, Opening least) const {
    if (offices_.empty()) return {};
    auto times = of_day(offices_.front(), day, least);
    for (std::size_t i = 1; i < offices_.size() && !times.empty(); ++i) {
        // At another office it may be another day at the same moment.
        std::vector<OpenTime> others;
        const auto first = offices_[i].clock.day_of(times.front().from);
        const auto last = offices_[i].clock.day_of(times.back().to);
        for (auto other = first; other <= last; ++other.days)
            for (const auto& time : of_day(offices_[i], other, least)) others.push_back(time);
        times = in_common(times, merged(std::move(others)));
    }
    return times;
}

Opening OpeningHours::at(Instant moment) const {
    if (offices_.empty()) return Opening::closed;
    const auto today = offices_.front().clock.day_of(moment);
    for (const auto least : {Opening::open, Opening::by_appointment})
        for (const auto& time : of_day(today, least))
            if (time.from <= moment && moment < time.to) return least;
    return Opening::closed;
}

std::optional<Instant> OpeningHours::add(Instant start, std::int64_t minutes, Opening least) const {
    if (offices_.empty()) return {};
    auto left = minutes * micros_a_minute;
    auto day = offices_.front().clock.day_of(start);
    for (const auto last = day.days + longest; day.days <= last; ++day.days)
        for (const auto& time : of_day(day, least)) {
            const auto from = std::max(time.from, start).microseconds;
            const auto length = std::max<std::int64_t>(time.to.microseconds - from, 0);
            if (left <= length) return Instant{from + left};
            left -= length;
        }
    return {};
}

std::int64_t OpeningHours::between(Instant from, Instant to, Opening least) const {
    if (offices_.empty() || to <= from) return 0;
    std::int64_t open = 0;
    const auto last = offices_.front().clock.day_of(to);
    for (auto day = offices_.front().clock.day_of(from); day <= last; ++day.days)
        for (const auto& time : of_day(day, least))
            open += std::max<std::int64_t>(
                std::min(time.to, to).microseconds - std::max(time.from, from).microseconds, 0);
    return open;
}

}  // namespace workflow::inline v0
