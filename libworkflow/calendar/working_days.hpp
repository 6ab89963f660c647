#pragma once

/// Working days (R1-R3): which days count, and the day that lies n of them from here.

#include <cstdint>
#include <optional>
#include <vector>

#include <workflow/values.hpp>

namespace workflow {

/// One year's notice: the holidays, the weekend days that count as working days (调休上班), and the
/// working days on which offices close at noon.
struct YearNotice {
    int year = 0;
    std::vector<Date> holidays, workdays;
    std::vector<Date> half_days = {};
};

/// A due day. `provisional`: it lies in, or counts through, a year whose notice is not loaded,
/// where Monday to Friday is assumed (R1).
struct Due {
    Date date;
    bool provisional = false;
    friend bool operator==(const Due&, const Due&) = default;
};

/// Closed span of days, both ends included.
struct DaySpan {
    Date from, to;
    friend bool operator==(const DaySpan&, const DaySpan&) = default;
};
constexpr bool covers(const DaySpan& span, Date day) {
    return span.from <= day && day <= span.to;
}

/// The working days of the loaded years. Immutable; shared by threads.
class WorkingDays {
public:
    WorkingDays() = default;  ///< no notice loaded: every answer is provisional
    /// Years need not be adjacent. Throws std::invalid_argument when a year comes twice.
    explicit WorkingDays(std::vector<YearNotice> notices);
    /// What several offices have in common: a day counts when it does in each of them; a year is
    /// known when each knows it; it is a holiday or a half-day when it is one in any.
    static WorkingDays joined(const std::vector<const WorkingDays*>& calendars);

    [[nodiscard]] bool is_workday(Date day) const;
    [[nodiscard]] bool covers(Date day) const;
    /// A notice lists it as a holiday, be it a weekend day or not.
    [[nodiscard]] bool is_holiday(Date day) const { return marked(day, holiday); }
    /// A working day on which offices close at noon. For limits in days it is a whole one.
    [[nodiscard]] bool is_half_day(Date day) const { return marked(day, half_day); }
    /// Working days in [from, to].
    [[nodiscard]] std::int64_t count(Date from, Date to) const;
    /// The n-th working day after `start`, `start` itself not counted (R2); n >= 0. O(1) inside the
    /// loaded years. n = 0 gives the first working day on or after `start`.
    [[nodiscard]] Due add(Date start, std::int64_t n) const;
    /// The n-th working day before `day`, `day` not counted. n = 0 gives the last working day on or
    /// before `day`.
    [[nodiscard]] Due subtract(Date day, std::int64_t n) const;
    /// `day`, or the next working day when it is none (R3).
    [[nodiscard]] Due roll(Date day) const;
    [[nodiscard]] int working_days_in(int year) const;

private:
    // What is said of a day, in `said_`.
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

    Date first_;                          // first day of the table
    bool gapless_ = false;                // every year of the table is loaded
    std::vector<std::uint8_t> said_;      // per day of the table
    std::vector<std::int32_t> before_;    // working days of the table before each day
    std::vector<std::int32_t> workdays_;  // day offsets of the table's working days
};

}  // namespace workflow
