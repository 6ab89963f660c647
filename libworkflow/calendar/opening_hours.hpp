#pragma once

/// The opening hours of an office: its week, its calendar and its clock; and time that counts only
/// while the office is open.

#include <array>
#include <optional>
#include <vector>

#include <workflow/values.hpp>

#include "local_clock.hpp"
#include "working_days.hpp"

namespace workflow::inline v0 {

/// A part of a day in minutes since midnight, `to` not included: 540 to 720 is 9:00 to 12:00.
struct HourSpan {
    int from = 0, to = 0;
    friend bool operator==(const HourSpan&, const HourSpan&) = default;
};

/// The published opening hours of a week, Monday first. The spans of a day are in order and
/// disjoint.
struct WeekHours {
    std::array<std::vector<HourSpan>, 7> open;
    /// in addition to those; they may overlap
    std::array<std::vector<HourSpan>, 7> by_appointment;
    friend bool operator==(const WeekHours&, const WeekHours&) = default;
};

/// Returns whether the week has hours on that day, without those by appointment, according to the
/// rules of OpeningHours.
bool opens_on(const WeekHours& week, const WorkingDays& calendar, Date day);

/// The persons whom an office admits.
enum class Opening : std::uint8_t { closed, by_appointment, open };

/// A span of time, `to` not included.
struct OpenTime {
    Instant from, to;
    friend bool operator==(const OpenTime&, const OpenTime&) = default;
};

/// The hours of one office, or the common hours of several offices. A working day has the hours of
/// its weekday. A make-up day (调休上班) on a weekend has the hours of a Monday. A half-day ends at
/// noon. A weekend day has its own hours if the week defines them; a holiday has none. Hours are
/// local times: a span across a change of clocks has its real length, and ends when the clock first
/// shows its end. Refers to the calendars, which must outlive it; otherwise a value.
class OpeningHours {
public:
    OpeningHours(WeekHours week, const WorkingDays& calendar, LocalClock clock);
    /// Returns the hours during which all offices are open. They are by appointment if those of one
    /// office are.
    static OpeningHours joined(const std::vector<OpeningHours>& offices);

    [[nodiscard]] Opening at(Instant moment) const;
    /// Returns the open times of the day, in order, by the clock of the first office; adjacent
    /// spans are merged. `least`: the times that are open to everybody, or also those by
    /// appointment.
    [[nodiscard]] std::vector<OpenTime> of_day(Date day, Opening least = Opening::open) const;
    /// Returns the moment at which `minutes` of open time have passed since `start`; minutes >= 1.
    /// Returns no value if that takes more than forty years. Time is proportional to the number of
    /// days.
    [[nodiscard]] std::optional<Instant> add(Instant start, std::int64_t minutes,
                                             Opening least = Opening::open) const;
    /// Returns the open time from `from` to `to` in microseconds; 0 if `to` is not later.
    [[nodiscard]] std::int64_t between(Instant from, Instant to,
                                       Opening least = Opening::open) const;

private:
    struct Office {
        WeekHours week;
        const WorkingDays* calendar;
        LocalClock clock;
    };
    OpeningHours() = default;
    static std::vector<OpenTime> of_day(const Office& office, Date day, Opening least);
    std::vector<Office> offices_;
};

}  // namespace workflow::inline v0
