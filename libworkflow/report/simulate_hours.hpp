#pragma once

/// Opening hours as a line of their own: how much open time has passed, and when so much has.

#include <cstdint>
#include <vector>

#include "../calendar/working_days.hpp"
#include "simulate.hpp"

namespace workflow::report {

/// The opening hours of consecutive days from `first`, on the working days of a calendar. All times
/// are microseconds. Immutable.
class OpenHours {
public:
    /// `spans` are in order and do not overlap.
    OpenHours(const WorkingDays& calendar, UtcOffset offset, std::vector<OpenSpan> spans,
              Date first, int days);

    /// The day's place from the first one; may lie outside.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    [[nodiscard]] Instant start_of_day(std::int64_t day) const;
    /// Open time from the first day to `at`.
    [[nodiscard]] std::int64_t before(Instant at) const;
    /// The first moment before which `open` has passed; nothing when it lies past the last day.
    [[nodiscard]] std::optional<Instant> after(std::int64_t open) const;
    [[nodiscard]] bool is_open(Instant at) const;
    /// Open time of the day.
    [[nodiscard]] std::int64_t of_day(std::int64_t day) const;
    [[nodiscard]] std::int64_t days() const {
        return static_cast<std::int64_t>(before_.size()) - 1;
    }
    [[nodiscard]] std::int64_t total() const { return before_.back(); }
    /// The moments at which the day opens, after each break again; none when it does not.
    [[nodiscard]] std::vector<Instant> openings(std::int64_t day) const;

private:
    Instant midnight_;
    std::vector<OpenSpan> spans_;
    std::int64_t a_day_ = 0;
    std::vector<std::int64_t> before_;  // open time before each day, and after the last
};

}  // namespace workflow::report
