#include "hours.hpp"

#include <algorithm>
#include <cmath>

#include "../../base/time_units.hpp"
#include "../../definition/organization.hpp"
#include "draws.hpp"

namespace workflow::report {

double exponential(double unit, double mean) {
    return -std::log(unit) * mean;
}

OpenHours::OpenHours(const OpeningHours& hours, const LocalClock& clock, Date first, int days)
    : midnights_{clock.start_of(first)}, of_day_{0}, before_{0} {
    for (int i = 0; i < days; ++i) {
        auto open = before_.back();
        for (const auto& time : hours.of_day(Date{first.days + i})) {
            times_.push_back(time);
            open += time.to.microseconds - time.from.microseconds;
        }
        of_day_.push_back(times_.size());
        before_.push_back(open);
        midnights_.push_back(clock.start_of(Date{first.days + i + 1}));
    }
}

std::span<const OpenTime> OpenHours::times_of(std::int64_t day) const {
    if (day < 0 || day >= days()) return {};
    const auto from = of_day_[static_cast<std::size_t>(day)];
    return std::span(times_).subspan(from, of_day_[static_cast<std::size_t>(day) + 1] - from);
}

std::int64_t OpenHours::day_of(Instant at) const {
    const auto passed = at.microseconds - midnights_.front().microseconds;
    auto day = passed >= 0 ? passed / micros_a_day : -((-passed + micros_a_day - 1) / micros_a_day);
    // After changes of clocks, a day begins some hours earlier or later.
    while (day > 0 && day <= days() && at < start_of_day(day)) --day;
    while (day >= 0 && day < days() && at >= start_of_day(day + 1)) ++day;
    return day;
}

Instant OpenHours::start_of_day(std::int64_t day) const {
    if (day < 0) return {midnights_.front().microseconds + day * micros_a_day};
    if (day > days()) return {midnights_.back().microseconds + (day - days()) * micros_a_day};
    return midnights_[static_cast<std::size_t>(day)];
}

std::int64_t OpenHours::of_day(std::int64_t day) const {
    if (day < 0 || day >= days()) return 0;
    const auto i = static_cast<std::size_t>(day);
    return before_[i + 1] - before_[i];
}

double OpenHours::open_day() const {
    std::int64_t open = 0;
    for (std::int64_t day = 0; day < days(); ++day)
        if (of_day(day) > 0) ++open;
    return open == 0 ? 0 : static_cast<double>(total()) / static_cast<double>(open);
}

std::int64_t OpenHours::before(Instant at) const {
    const auto day = day_of(at);
    if (day < 0) return 0;
    if (day >= days()) return total();
    auto open = before_[static_cast<std::size_t>(day)];
    for (const auto& time : times_of(day)) {
        if (at <= time.from) break;
        open += std::min(at, time.to).microseconds - time.from.microseconds;
    }
    return open;
}

std::optional<Instant> OpenHours::after(std::int64_t open) const {
    if (open > total()) return {};
    // The day in which the open time up to its end reaches `open`.
    const auto end =
        std::lower_bound(before_.begin() + 1, before_.end(), std::max<std::int64_t>(open, 1));
    if (end == before_.end()) return {};
    const auto day = end - before_.begin() - 1;
    auto left = open - before_[static_cast<std::size_t>(day)];
    for (const auto& time : times_of(day)) {
        const auto length = time.to.microseconds - time.from.microseconds;
        if (left <= length) return Instant{time.from.microseconds + left};
        left -= length;
    }
    return {};
}

bool OpenHours::is_open(Instant at) const {
    const auto times = times_of(day_of(at));
    return std::any_of(times.begin(), times.end(),
                       [&](const OpenTime& time) { return time.from <= at && at < time.to; });
}

std::vector<Instant> OpenHours::openings(std::int64_t day) const {
    std::vector<Instant> moments;
    for (const auto& time : times_of(day)) moments.push_back(time.from);
    return moments;
}

OpenHours hours_of(const definition::Organization& organization, const HallId& hall,
                   const WorkingDays& calendar, const Scenario& scenario) {
    const auto& clock = organization.clock_of(hall);
    const auto line = [&](const OpeningHours& hours) {
        return OpenHours(hours, clock, scenario.first, scenario.days);
    };
    if (scenario.hours.empty() && organization.declared_hours(hall))
        return line(organization.hours_of(hall, calendar));
    std::vector<HourSpan> spans;
    for (const auto& span : scenario.hours) spans.push_back({span.from, span.to});
    if (spans.empty()) spans = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60}};
    WeekHours week;
    for (std::size_t day = 0; day < 5; ++day) week.open.at(day) = spans;
    return line({week, calendar, clock});
}

}  // namespace workflow::report
