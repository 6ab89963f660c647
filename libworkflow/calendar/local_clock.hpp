#pragma once

/// The local clock of a place: with a fixed offset from UTC, or in a time zone whose offset
/// changes. It is consulted for a recorded day once, at the time of recording; a replay does not
/// consult it.

#include <optional>
#include <string>
#include <string_view>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// A value. Copies are cheap and may be used by several threads at once.
class LocalClock {
public:
    LocalClock() = default;  ///< UTC+8, the offset of China
    LocalClock(UtcOffset fixed) : fixed_(fixed) {}
    /// Returns the clock of an IANA zone, `Asia/Shanghai`, or no value if the system's tables do
    /// not contain it.
    static std::optional<LocalClock> in_zone(std::string_view name);

    /// Returns the offset in whole minutes. The seconds of an offset from before standard zones
    /// were introduced are dropped.
    [[nodiscard]] UtcOffset offset_at(Instant moment) const;
    [[nodiscard]] Date day_of(Instant moment) const;
    /// Returns the first moment of the day. This is midnight, or, if clocks were set forward over
    /// midnight, the moment of that change. A day that the zone skipped begins with the next day.
    [[nodiscard]] Instant start_of(Date day) const;
    /// Returns the moment at which the clock shows the time; `since_midnight` is in microseconds,
    /// less than 24 hours. Returns the earlier moment if the clock shows the time twice, and the
    /// moment of the change if the clock skips it.
    [[nodiscard]] Instant at(Date day, std::int64_t since_midnight) const;
    /// Returns the name of the zone; empty for a fixed offset.
    [[nodiscard]] std::string_view zone() const { return zone_ ? *zone_ : std::string_view(); }
    friend bool operator==(const LocalClock&, const LocalClock&) = default;

private:
    UtcOffset fixed_;
    const std::string* zone_ = nullptr;  // points into the table of zones, which owns it
};

// As for a fixed offset (values.hpp).
Date local_date(Instant moment, const LocalClock& clock);
Instant start_of(Date day, const LocalClock& clock);
std::string to_string(Instant moment, const LocalClock& clock);
/// Reads a moment like `parse_instant`; a text without an offset means the time of this clock.
std::optional<Instant> read_instant(std::string_view text, const LocalClock& clock);

}  // namespace workflow::inline v0
