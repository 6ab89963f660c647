#include "organization.hpp"

#include <algorithm>

namespace workflow::definition {

const Purpose* ReadingRules::find(std::string_view wanted) const {
    const auto found = std::find_if(purposes.begin(), purposes.end(),
                                    [&](const Purpose& one) { return one.id == wanted; });
    return found == purposes.end() ? nullptr : &*found;
}

const Officer* Organization::officer(const OfficerId& wanted) const {
    const auto found =
        std::lower_bound(officers.begin(), officers.end(), wanted,
                         [](const Officer& one, const OfficerId& other) { return one.id < other; });
    return found != officers.end() && found->id == wanted ? &*found : nullptr;
}

const Post* Organization::post(const PostId& wanted) const {
    const auto found =
        std::find_if(posts.begin(), posts.end(), [&](const Post& one) { return one.id == wanted; });
    return found == posts.end() ? nullptr : &*found;
}

const Mode* Organization::mode(const ModeId& wanted) const {
    const auto found =
        std::find_if(modes.begin(), modes.end(), [&](const Mode& one) { return one.id == wanted; });
    return found == modes.end() ? nullptr : &*found;
}

const Shift* Organization::shift(const ShiftId& wanted) const {
    const auto found = std::find_if(shifts.begin(), shifts.end(),
                                    [&](const Shift& one) { return one.id == wanted; });
    return found == shifts.end() ? nullptr : &*found;
}

const Ground* Organization::recusal_ground(std::string_view wanted) const {
    const auto found = std::find_if(recusal_grounds.begin(), recusal_grounds.end(),
                                    [&](const Ground& one) { return one.id == wanted; });
    return found == recusal_grounds.end() ? nullptr : &*found;
}

const Window* Organization::window(const HallId& hall, const WindowId& wanted) const {
    for (const auto& one : halls)
        if (one.id == hall)
            for (const auto& window : one.windows)
                if (window.id == wanted) return &window;
    return nullptr;
}

const LocalClock& Organization::clock_of(const HallId& wanted) const {
    for (const auto& hall : halls)
        if (hall.clock && hall.id == wanted) return *hall.clock;
    return clock;
}

const WeekHours* Organization::declared_hours(const HallId& wanted) const {
    for (const auto& hall : halls)
        if (hall.hours && hall.id == wanted) return &*hall.hours;
    return hours ? &*hours : nullptr;
}

OpeningHours Organization::hours_of(const HallId& wanted, const WorkingDays& calendar) const {
    if (const auto* week = declared_hours(wanted)) return {*week, calendar, clock_of(wanted)};
    WeekHours all_day;
    for (std::size_t day = 0; day < 5; ++day) all_day.open.at(day) = {{0, 24 * 60}};
    return {all_day, calendar, clock_of(wanted)};
}

Date Organization::latest_day(Instant moment) const {
    auto latest = clock.day_of(moment);
    for (const auto& hall : halls)
        if (hall.clock) latest = std::max(latest, hall.clock->day_of(moment));
    return latest;
}

namespace {

bool covers(std::string_view pattern, const ItemId& item) {
    if (pattern == "*") return true;
    if (!pattern.ends_with(".*")) return pattern == item.text;
    const auto prefix = pattern.substr(0, pattern.size() - 1);
    return item.text.size() > prefix.size() && item.text.starts_with(prefix);
}

}  // namespace

bool qualified_for(const Officer& officer, const ItemId& item) {
    return std::any_of(officer.qualified.begin(), officer.qualified.end(),
                       [&](const std::string& pattern) { return covers(pattern, item); });
}

std::size_t narrowness(const Officer& officer, const ItemId& item) {
    std::size_t narrowest = 0;
    for (const auto& pattern : officer.qualified)
        if (covers(pattern, item)) narrowest = std::max(narrowest, pattern.size() - 1);
    return narrowest;
}

bool absent_on(const Officer& officer, Date day) {
    if (officer.left && *officer.left <= day) return true;
    return std::any_of(officer.absent.begin(), officer.absent.end(),
                       [&](const DaySpan& span) { return covers(span, day); });
}

bool off_shift(const Organization& organization, const Officer& officer,
               const WorkingDays& calendar, Date day) {
    const auto* shift = officer.shift.empty() ? nullptr : organization.shift(officer.shift);
    return shift && !opens_on(shift->hours, calendar, day);
}

bool serves_at(const Organization& organization, const Officer& officer, const Window& window) {
    const auto served = [&](const std::vector<PostId>& posts) {
        return std::find_first_of(posts.begin(), posts.end(), window.posts.begin(),
                                  window.posts.end()) != posts.end();
    };
    return served(officer.posts) ||
           std::any_of(officer.substitutes.begin(), officer.substitutes.end(),
                       [&](const Substitution& one) {
                           const auto* colleague = organization.officer(one.colleague);
                           return colleague && served(colleague->posts);
                       });
}

std::optional<std::pair<PostId, PostId>> posts_apart(const Organization& organization,
                                                     const std::vector<PostId>& posts) {
    for (const auto& id : posts) {
        const auto* post = organization.post(id);
        if (!post) continue;
        for (const auto& other : post->not_with)
            if (std::find(posts.begin(), posts.end(), other) != posts.end())
                return std::pair{id, other};
    }
    return {};
}

std::vector<PostId> posts_on(const Organization& organization, const Officer& officer, Date day) {
    auto posts = officer.posts;
    for (const auto& substitution : officer.substitutes) {
        if (!covers(substitution.days, day)) continue;
        const auto* colleague = organization.officer(substitution.colleague);
        if (colleague) posts.insert(posts.end(), colleague->posts.begin(), colleague->posts.end());
    }
    return posts;
}

}  // namespace workflow::definition
