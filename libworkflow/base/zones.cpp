#include "zones.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>

namespace workflow {
namespace {

/// Each zone that was asked for, by name. Addresses in a map stay.
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

/// The tables end in the years that the library's own calendar has; beyond, the rules repeat.
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
    const auto* found = zones().at(zone);
    if (!found) return 0;
    const auto moment = date::sys_seconds(std::chrono::seconds(within_tables(seconds)));
    return static_cast<std::int32_t>(found->get_info(moment).offset.count());
}

}  // namespace workflow
