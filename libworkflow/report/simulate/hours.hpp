#pragma once

/// Opening hours as a continuous time line: converts between moments and passed open time.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "../../calendar/opening_hours.hpp"
#include "../../definition/organization.hpp"
#include "simulate.hpp"

namespace workflow::report {

/// The opening hours of consecutive days from `first`. All times are microseconds. Immutable.
class OpenHours {
public:
    OpenHours(const OpeningHours& hours, const LocalClock& clock, Date first, int days);

    /// Returns the day's index from the first one; may be out of range.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    [[nodiscard]] Instant start_of_day(std::int64_t day) const;
    /// Returns the open time from the first day to `at`.
    [[nodiscard]] std::int64_t before(Instant at) const;
    /// Returns the first moment before which `open` has passed; nothing if it is after the last
    /// day.
    [[nodiscard]] std::optional<Instant> after(std::int64_t open) const;
    [[nodiscard]] bool is_open(Instant at) const;
    /// Returns the open time of the day.
    [[nodiscard]] std::int64_t of_day(std::int64_t day) const;
    [[nodiscard]] std::int64_t days() const {
        return static_cast<std::int64_t>(before_.size()) - 1;
    }
    [[nodiscard]] std::int64_t total() const { return before_.back(); }
    /// Returns the mean open time of the days that are open; 0 if there are none.
    [[nodiscard]] double open_day() const;
    /// Returns the moments at which the day opens, including after each break; none if it is
    /// closed.
    [[nodiscard]] std::vector<Instant> openings(std::int64_t day) const;

private:
    [[nodiscard]] std::span<const OpenTime> times_of(std::int64_t day) const;

    std::vector<Instant> midnights_;    // at which each day begins, and after the last
    std::vector<OpenTime> times_;       // of all days, in order
    std::vector<std::size_t> of_day_;   // where each day's times begin, and after the last
    std::vector<std::int64_t> before_;  // open time before each day, and after the last
};

/// Returns when the officers of `hall` are present: the hours of the scenario, else those that the
/// hall or its organization declares, else 9:00 to 12:00 and 13:30 to 17:00 of every working day.
OpenHours hours_of(const definition::Organization& organization, const HallId& hall,
                   const WorkingDays& calendar, const Scenario& scenario);

}  // namespace workflow::report
