#pragma once

/// IANA time zones, from the system's tables.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Returns the zone's name in the table, which is never freed, or nullptr when there is no such
/// zone.
const std::string* find_zone(std::string_view name);

/// Returns the seconds east of UTC at a local date and time; in a repeated hour, the earlier
/// offset.
std::int32_t zone_offset_at(const std::string& zone, Date date, std::int64_t nanoseconds);
/// Returns the seconds east of UTC at a moment, in seconds since 1970-01-01T00:00:00Z.
std::int32_t zone_offset_at_moment(const std::string& zone, std::int64_t seconds);

/// When a zone's clock shows a time. Seconds since 1970-01-01T00:00:00Z.
struct ZoneReading {
    std::int64_t moment = 0;  ///< the earlier of two; the change itself if skipped
    bool left_out = false;    ///< the clock was put forward past it
};
/// `local`: the time shown, as seconds since 1970-01-01T00:00:00 on the same clock.
ZoneReading zone_reading(const std::string& zone, std::int64_t local);

/// Returns the names of all zones, sorted.
std::vector<std::string> zone_names();

}  // namespace workflow::inline v0
