#include "simulate_hours.hpp"

#include <algorithm>
#include <cmath>

#include "simulate_draws.hpp"

namespace workflow::report {

namespace {
constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t whole_day = 1440 * minute;
}  // namespace

double exponential(double unit, double mean) {
    return -std::log(unit) * mean;
}

OpenHours::OpenHours(const WorkingDays& calendar, UtcOffset offset, std::vector<OpenSpan> spans,
                     Date first, int days)
    : midnight_(start_of(first, offset)), spans_(std::move(spans)) {
    for (const auto& span : spans_) a_day_ += (span.to - span.from) * minute;
    before_.push_back(0);
    for (int i = 0; i < days; ++i)
        before_.push_back(before_.back() +
                          (calendar.is_workday(Date{first.days + i}) ? a_day_ : 0));
}

std::int64_t OpenHours::day_of(Instant at) const {
    const auto passed = at.microseconds - midnight_.microseconds;
    return passed >= 0 ? passed / whole_day : -((-passed + whole_day - 1) / whole_day);
}

Instant OpenHours::start_of_day(std::int64_t day) const {
    return {midnight_.microseconds + day * whole_day};
}

std::int64_t OpenHours::of_day(std::int64_t day) const {
    if (day < 0 || day >= days()) return 0;
    const auto i = static_cast<std::size_t>(day);
    return before_[i + 1] - before_[i];
}

std::int64_t OpenHours::before(Instant at) const {
    const auto day = day_of(at);
    if (day < 0) return 0;
    if (day >= days()) return total();
    auto open = before_[static_cast<std::size_t>(day)];
    if (of_day(day) == 0) return open;
    const auto time = at.microseconds - start_of_day(day).microseconds;
    for (const auto& span : spans_)
        open +=
            std::clamp<std::int64_t>(time - span.from * minute, 0, (span.to - span.from) * minute);
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
    auto at = start_of_day(day).microseconds;
    for (const auto& span : spans_) {
        const auto length = (span.to - span.from) * minute;
        if (left <= length) return Instant{at + span.from * minute + left};
        left -= length;
    }
    return {};
}

bool OpenHours::is_open(Instant at) const {
    const auto day = day_of(at);
    if (of_day(day) == 0) return false;
    const auto time = at.microseconds - start_of_day(day).microseconds;
    return std::any_of(spans_.begin(), spans_.end(), [&](const OpenSpan& span) {
        return span.from * minute <= time && time < span.to * minute;
    });
}

std::vector<Instant> OpenHours::openings(std::int64_t day) const {
    std::vector<Instant> moments;
    if (of_day(day) == 0) return moments;
    for (const auto& span : spans_)
        moments.push_back({start_of_day(day).microseconds + span.from * minute});
    return moments;
}

}  // namespace workflow::report
