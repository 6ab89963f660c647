#include "local_clock.hpp"

#include "../base/time_units.hpp"
#include "../base/zones.hpp"

namespace workflow::inline v0 {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

std::optional<LocalClock> LocalClock::in_zone(std::string_view name) {
    LocalClock clock;
    clock.zone_ = find_zone(name);
    if (!clock.zone_) return {};
    return clock;
}

UtcOffset LocalClock::offset_at(Instant moment) const {
    if (!zone_) return fixed_;
    const auto seconds =
        zone_offset_at_moment(*zone_, floor_div(moment.microseconds, micros_a_second));
    return UtcOffset{seconds / 60};
}

Date LocalClock::day_of(Instant moment) const {
    return local_date(moment, offset_at(moment));
}

Instant LocalClock::start_of(Date day) const {
    return at(day, 0);
}

Instant LocalClock::at(Date day, std::int64_t since_midnight) const {
    const auto local = day.days * micros_a_day + since_midnight;
    if (!zone_) return {local - fixed_.minutes * micros_a_minute};
    const auto shown = zone_reading(*zone_, floor_div(local, micros_a_second));
    if (shown.left_out) return {shown.moment * micros_a_second};
    const auto near = Instant{shown.moment * micros_a_second};
    // Uses the same whole minutes as `day_of`, so that the first moment of a day lies in the day.
    return {local - offset_at(near).minutes * micros_a_minute};
}

Date local_date(Instant moment, const LocalClock& clock) {
    return clock.day_of(moment);
}

Instant start_of(Date day, const LocalClock& clock) {
    return clock.start_of(day);
}

std::string to_string(Instant moment, const LocalClock& clock) {
    return to_string(moment, clock.offset_at(moment));
}

std::optional<Instant> read_instant(std::string_view text, const LocalClock& clock) {
    const auto read = parse_instant(text, UtcOffset{0});
    // A text with its own offset gives the same moment for any assumed offset.
    if (!read || read == parse_instant(text, UtcOffset{60})) return read;
    const auto day = local_date(*read, UtcOffset{0});
    return clock.at(day, read->microseconds - day.days * micros_a_day);
}

}  // namespace workflow::inline v0
