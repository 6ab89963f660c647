#pragma once

/// Working days (R1-R3): which days count, and the n-th working day after a date.

#include <cstdint>
#include <optional>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The notice of one year: the holidays, the weekend days that count as working days (调休上班),
/// and the working days on which offices close at noon.
struct YearNotice {
    int year = 0;
    std::vector<Date> holidays, workdays;
    std::vector<Date> half_days = {};
};

/// A due day. `provisional`: the day lies in a year whose notice is not loaded, or days of such a
/// year were counted; Monday to Friday is assumed there (R1).
struct Due {
    Date date;
    bool provisional = false;
    friend bool operator==(const Due&, const Due&) = default;
};

/// A closed span of days, both ends included.
struct DaySpan {
    Date from, to;
    friend bool operator==(const DaySpan&, const DaySpan&) = default;
};
constexpr bool covers(const DaySpan& span, Date day) {
    return span.from <= day && day <= span.to;
}

/// The working days of the loaded years. Immutable; may be shared by threads.
class WorkingDays {
public:
    WorkingDays() = default;  ///< no notice loaded: every answer is provisional
    /// Years need not be adjacent. Throws std::invalid_argument if a year is given twice.
    explicit WorkingDays(std::vector<YearNotice> notices);
    /// Returns the common working days of several offices. A day counts if it counts in each of
    /// them. A year is known if each of them knows it. A day is a holiday or a half-day if it is
    /// one in any of them.
    static WorkingDays joined(const std::vector<const WorkingDays*>& calendars);

    [[nodiscard]] bool is_workday(Date day) const;
    [[nodiscard]] bool covers(Date day) const;
    /// Returns whether a notice lists the day as a holiday, on a weekend or not.
    [[nodiscard]] bool is_holiday(Date day) const { return marked(day, holiday); }
    /// Returns whether it is a working day on which offices close at noon. It is a whole day for
    /// limits in days.
    [[nodiscard]] bool is_half_day(Date day) const { return marked(day, half_day); }
    /// Returns the number of working days in [from, to].
    [[nodiscard]] std::int64_t count(Date from, Date to) const;
    /// Returns the n-th working day after `start`; `start` itself is not counted (R2); n >= 0. n =
    /// 0 gives the first working day on or after `start`. O(1) inside the loaded years.
    [[nodiscard]] Due add(Date start, std::int64_t n) const;
    /// Returns the n-th working day before `day`; `day` is not counted. n = 0 gives the last
    /// working day on or before `day`.
    [[nodiscard]] Due subtract(Date day, std::int64_t n) const;
    /// Returns `day` if it is a working day, or else the next working day (R3).
    [[nodiscard]] Due roll(Date day) const;
    [[nodiscard]] int working_days_in(int year) const;

private:
    // The properties of a day, in `said_`.
    static constexpr std::uint8_t known = 1, works = 2, holiday = 4, half_day = 8;
    WorkingDays(Date first, std::vector<std::uint8_t> said);
    [[nodiscard]] Date end() const {
        return {first_.days + static_cast<std::int64_t>(said_.size())};
    }
    [[nodiscard]] std::uint8_t said_of(Date day) const;
    [[nodiscard]] bool marked(Date day, std::uint8_t what) const {
        return (said_of(day) & what) != 0;
    }
    [[nodiscard]] std::int64_t before(std::int64_t days) const;
    [[nodiscard]] std::int64_t numbered(std::int64_t n) const;
    [[nodiscard]] bool all_known(std::int64_t from, std::int64_t to) const;
    [[nodiscard]] Due between(Date start, std::int64_t end) const;

    Date first_;                          // the first day of the table
    bool gapless_ = false;                // every year of the table is loaded
    std::vector<std::uint8_t> said_;      // for each day of the table
    std::vector<std::int32_t> before_;    // the number of working days in the table before each day
    std::vector<std::int32_t> workdays_;  // the offsets of the working days in the table
};

}  // namespace workflow::inline v0
