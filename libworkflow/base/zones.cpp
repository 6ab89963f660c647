#include "zones.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>

namespace workflow::inline v0 {
namespace {

/// The zones requested so far, by name. Addresses in a map are stable.
class Zones {
public:
    const std::string* find(std::string_view name) {
        const std::lock_guard lock(mutex_);
        const auto known = zones_.find(name);
        if (known != zones_.end()) return &known->first;
        try {
            const auto* zone = date::locate_zone(name);
            return &zones_.emplace(std::string(name), zone).first->first;
        } catch (const std::runtime_error&) {
            return nullptr;
        }
    }

    const date::time_zone* at(const std::string& name) {
        const std::lock_guard lock(mutex_);
        const auto known = zones_.find(name);
        return known == zones_.end() ? nullptr : known->second;
    }

private:
    std::mutex mutex_;
    std::map<std::string, const date::time_zone*, std::less<>> zones_;
};

Zones& zones() {
    static Zones table;
    return table;
}

/// The tables end in the years of the library's own calendar. Beyond, the rules repeat.
std::int64_t within_tables(std::int64_t seconds) {
    constexpr std::int64_t era = std::int64_t{146'097} * 86'400;   // 400 years
    constexpr std::int64_t latest = std::int64_t{13'000'000'000};  // in the year 2381
    if (seconds > latest) return latest - era + (seconds - latest) % era;
    return std::max(seconds, -latest);
}

}  // namespace

const std::string* find_zone(std::string_view name) {
    return zones().find(name);
}

std::int32_t zone_offset_at(const std::string& zone, Date date, std::int64_t nanoseconds) {
    const auto* found = zones().at(zone);
    if (!found) return 0;
    const auto local = date::local_seconds(
        std::chrono::seconds(within_tables(date.days * 86'400 + nanoseconds / 1'000'000'000)));
    return static_cast<std::int32_t>(found->get_info(local).first.offset.count());
}

std::int32_t zone_offset_at_moment(const std::string& zone, std::int64_t seconds) {
    // Consecutive requests mostly lie between the same two changes. Only a name of the table is
    // remembered: no other string can ever have its address.
    struct Last {
        const std::string* name = nullptr;
        std::int64_t from = 0, to = 0;
        std::int32_t offset = 0;
    };
    thread_local Last last;
    const auto shown = within_tables(seconds);
    if (&zone == last.name && last.from <= shown && shown < last.to) return last.offset;
    const auto* found = zones().at(zone);
    if (!found) return 0;
    const auto info = found->get_info(date::sys_seconds(std::chrono::seconds(shown)));
    const auto offset = static_cast<std::int32_t>(info.offset.count());
    if (&zone == zones().find(zone))
        last = {&zone, info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(),
                offset};
    return offset;
}

ZoneReading zone_reading(const std::string& zone, std::int64_t local) {
    const auto* found = zones().at(zone);
    if (!found) return {local, false};
    const auto shown = within_tables(local);
    const auto info = found->get_info(date::local_seconds(std::chrono::seconds(shown)));
    if (info.result == date::local_info::nonexistent)
        return {info.first.end.time_since_epoch().count() + (local - shown), true};
    return {local - info.first.offset.count(), false};
}

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace workflow::inline v0
