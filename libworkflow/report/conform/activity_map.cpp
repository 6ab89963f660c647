#include "activity_map.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../../base/diagnostics.hpp"

namespace workflow::report {

using process::Transition;

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Returns whether the activity is one that the engine's own logs add to the steps (event_log): any
/// kind of event of a case that moves no token.
bool is_bookkeeping(const std::string& activity) {
    constexpr std::array<std::string_view, 33> kinds{
        "case_opened",      "case_accepted",       "task_offered",     "task_drawn",
        "task_claimed",     "task_handed_over",    "task_cancelled",   "timer_armed",
        "clock_paused",     "clock_resumed",       "limit_passed",     "limits_computed",
        "limit_extended",   "warnings_set",        "limit_near",       "task_escalated",
        "case_urged",       "days_recounted",      "case_sampled",     "rating_invited",
        "case_rated",       "rating_supplemented", "rating_set_aside", "case_unsealed",
        "unseal_asked",     "unseal_declined",     "case_read",        "recusal_asked",
        "recusal_decided",  "case_ended",          "fields_corrected", "task_stranded",
        "stranded_resolved"};
    return std::find(kinds.begin(), kinds.end(), activity) != kinds.end();
}

std::optional<Transition::Trigger> trigger_named(std::string_view activity) {
    if (activity == "materials_supplied") return Transition::Trigger::supplied;
    if (activity == "timer_fired") return Transition::Trigger::timer;
    if (activity == "case_withdrawn") return Transition::Trigger::withdraw;
    return {};
}

}  // namespace

std::vector<TransitionIndex> ActivityMap::named(std::string_view target) const {
    std::vector<TransitionIndex> found;
    const auto trigger = trigger_named(target);
    for (std::size_t t = 0; t < process_.transitions.size(); ++t) {
        const auto& transition = process_.transitions[t];
        bool meant = trigger == transition.trigger;
        if (transition.trigger == Transition::Trigger::outcome) {
            const auto& step = process_.step_at(transition.takes.front().place).id.text;
            meant = target == step || (target.size() > step.size() && target.starts_with(step) &&
                                       target[step.size()] == '.' &&
                                       target.substr(step.size() + 1) == transition.outcome.text);
        }
        if (meant) found.push_back(static_cast<TransitionIndex>(t));
    }
    return found;
}

std::vector<TransitionIndex> ActivityMap::titled(std::string_view title) const {
    std::vector<TransitionIndex> found;
    for (std::size_t t = 0; t < process_.transitions.size(); ++t) {
        const auto& transition = process_.transitions[t];
        if (transition.trigger != Transition::Trigger::outcome) continue;
        const auto& step = process_.step_at(transition.takes.front().place).title;
        if (!title.empty() && (title == step.zh || title == step.en))
            found.push_back(static_cast<TransitionIndex>(t));
    }
    return found;
}

std::vector<std::string> ActivityMap::names() const {
    std::vector<std::string> known;
    for (const auto& transition : process_.transitions) {
        if (transition.trigger != Transition::Trigger::outcome) continue;
        const auto& step = process_.step_at(transition.takes.front().place).id.text;
        if (std::find(known.begin(), known.end(), step) == known.end()) known.push_back(step);
        known.push_back(step + "." + transition.outcome.text);
    }
    return known;
}

void ActivityMap::add(std::string_view line) {
    const auto equals = line.rfind('=');
    const auto activity = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos || activity.empty())
        throw MapError(fmt::format("`{}` maps nothing", line),
                       "write ACTIVITY=STEP or ACTIVITY=STEP.OUTCOME");
    std::vector<TransitionIndex> all;
    for (auto rest = trimmed(line.substr(equals + 1)); !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto target = trimmed(rest.substr(0, comma));
        rest = comma == rest.size() ? std::string_view() : trimmed(rest.substr(comma + 1));
        const auto found = named(target);
        if (found.empty()) {
            const auto near = nearest(target, names());
            throw MapError(
                fmt::format("`{}` has no step or outcome `{}`", process_.item.text, target),
                did_you_mean(near));
        }
        all.insert(all.end(), found.begin(), found.end());
    }
    if (!given_.emplace(activity, std::move(all)).second)
        throw MapError(fmt::format("`{}` is mapped twice", activity));
}

void ActivityMap::add_lines(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        try {
            add(line);
        } catch (const MapError& error) {
            throw MapError(fmt::format("{}: {}", number, error.what()), error.hint);
        }
    }
}

std::optional<std::vector<TransitionIndex>> ActivityMap::stands_for(
    const std::string& activity) const {
    if (const auto given = given_.find(activity); given != given_.end())
        return given->second.empty() ? std::nullopt : std::optional(given->second);
    if (auto found = named(activity); !found.empty()) return found;
    if (is_bookkeeping(activity) || trigger_named(activity)) return {};
    return titled(activity);
}

bool ActivityMap::knows(const std::string& activity) const {
    return given_.contains(activity) || !named(activity).empty() || !titled(activity).empty();
}

}  // namespace workflow::report
