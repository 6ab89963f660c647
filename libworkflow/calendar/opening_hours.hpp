#pragma once

/// When an office is open: its week, its calendar and its clock; time that counts only while it is.

#include <array>
#include <optional>
#include <vector>

#include <workflow/values.hpp>

#include "local_clock.hpp"
#include "working_days.hpp"

namespace workflow {

/// Part of a day in minutes since midnight, `to` not included: 540 to 720 is 9:00 to 12:00.
struct HourSpan {
    int from = 0, to = 0;
    friend bool operator==(const HourSpan&, const HourSpan&) = default;
};

/// A week as it stands on the door, Monday first. The spans of a day are in order and disjoint.
struct WeekHours {
    std::array<std::vector<HourSpan>, 7> open;
    std::array<std::vector<HourSpan>, 7> by_appointment;  ///< beside those; they may overlap
    friend bool operator==(const WeekHours&, const WeekHours&) = default;
};

/// Has the week hours on that day, those by appointment left aside? By the rules of OpeningHours.
bool opens_on(const WeekHours& week, const WorkingDays& calendar, Date day);

/// Whom an office lets in.
enum class Opening : std::uint8_t { closed, by_appointment, open };

/// A span of time, `to` not included.
struct OpenTime {
    Instant from, to;
    friend bool operator==(const OpenTime&, const OpenTime&) = default;
};

/// The hours of one office, or those that several have in common. A working day has its weekday's
/// hours, a make-up day (调休上班) on a weekend those of a Monday; a half-day ends at noon. A
/// weekend day has its own, where the week gives it some; a holiday has none. Hours are the
/// clock's: a span over a change of clocks is as long as it really takes, and ends when its end is
/// first shown. Refers to the calendars, which must outlive it; otherwise a value.
class OpeningHours {
public:
    OpeningHours(WeekHours week, const WorkingDays& calendar, LocalClock clock);
    /// All of them must be open: what one does by appointment, they do by appointment.
    static OpeningHours joined(const std::vector<OpeningHours>& offices);

    [[nodiscard]] Opening at(Instant moment) const;
    /// When the day's doors are open, in order, by the clock of the first office; what touches is
    /// one. `least`: for whom, everybody or also those with an appointment.
    [[nodiscard]] std::vector<OpenTime> of_day(Date day, Opening least = Opening::open) const;
    /// The moment at which `minutes` of open time have passed since `start`; minutes >= 1. Nothing
    /// when that takes more than forty years. Takes time by the number of days.
    [[nodiscard]] std::optional<Instant> add(Instant start, std::int64_t minutes,
                                             Opening least = Opening::open) const;
    /// Open time from `from` to `to`, in microseconds; 0 when `to` is not later.
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

}  // namespace workflow
