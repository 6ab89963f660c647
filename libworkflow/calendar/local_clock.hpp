#pragma once

/// The clock on a place's wall: of a fixed offset from UTC, or of a time zone whose offset changes.
/// What it says of days that are recorded is asked once, when they are; a replay asks nothing.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/values.hpp>

namespace workflow {

/// A value; copies are cheap and may be used by several threads at once.
class LocalClock {
public:
    LocalClock() = default;  ///< UTC+8, which is China's
    LocalClock(UtcOffset fixed) : fixed_(fixed) {}
    /// Of an IANA zone, `Asia/Shanghai`; nothing when the system's tables have none of that name.
    static std::optional<LocalClock> in_zone(std::string_view name);

    /// Whole minutes: what a zone had beside them, before clocks were set by zones, is dropped.
    [[nodiscard]] UtcOffset offset_at(Instant moment) const;
    [[nodiscard]] Date day_of(Instant moment) const;
    /// The first moment of the day. That is midnight, or, where clocks were put forward over
    /// midnight, the moment of that change; a day that a zone left out begins with the next one.
    [[nodiscard]] Instant start_of(Date day) const;
    /// The moment at which the clock shows the time, `since_midnight` in microseconds below 24
    /// hours: the earlier one where it shows it twice, the change where it leaves it out.
    [[nodiscard]] Instant at(Date day, std::int64_t since_midnight) const;
    /// The zone's name; empty for a fixed offset.
    [[nodiscard]] std::string_view zone() const { return zone_ ? *zone_ : std::string_view(); }
    friend bool operator==(const LocalClock&, const LocalClock&) = default;

private:
    UtcOffset fixed_;
    const std::string* zone_ = nullptr;  // in the table of zones, which keeps it
};

// As for a fixed offset (values.hpp).
Date local_date(Instant moment, const LocalClock& clock);
Instant start_of(Date day, const LocalClock& clock);
std::string to_string(Instant moment, const LocalClock& clock);
/// As `parse_instant`; without an offset, the time that the clock shows is meant.
std::optional<Instant> read_instant(std::string_view text, const LocalClock& clock);

}  // namespace workflow
