#include "activities.hpp"

#include <algorithm>

namespace workflow::verify {

using definition::Activity;
using process::Process;

namespace {

using Trigger = process::Transition::Trigger;

process::PlaceIndex from(const process::Transition& transition) {
    return transition.takes.front().place;
}

/// Returns whether the transition leaves a region because its branches are done.
bool is_join(const Process& process, const process::Transition& transition) {
    return transition.trigger == Trigger::automatic &&
           process.places[from(transition)].role == process::Place::Role::active;
}

bool is_choice(const Process& process, const process::Transition& transition) {
    const auto& place = process.places[from(transition)];
    return transition.trigger == Trigger::automatic && place.role == process::Place::Role::at &&
           process.steps[place.step].done == process::none;
}

std::string_view outcome_of(const process::Transition& transition) {
    switch (transition.trigger) {
        case Trigger::outcome:
            return transition.outcome.text;
        case Trigger::supplied:
            return "supplied";
        case Trigger::timer:
            return "after";
        default:
            return {};
    }
}

}  // namespace

bool is_visible(const Process& process, workflow::TransitionIndex index) {
    const auto& transition = process.transitions[index];
    return transition.trigger != Trigger::automatic || is_choice(process, transition);
}

bool is_act(const Process& process, workflow::TransitionIndex index, const Activity& activity) {
    const auto& transition = process.transitions[index];
    const bool shown = is_visible(process, index) || is_join(process, transition);
    switch (activity.kind) {
        case Activity::Kind::step:
            return shown && process.step_at(from(transition)).id.text == activity.name;
        case Activity::Kind::outcome:
            // The name of a step may contain a dot.
            return (shown && process.step_at(from(transition)).id.text == activity.text) ||
                   (process.step_at(from(transition)).id.text == activity.name &&
                    outcome_of(transition) == activity.outcome);
        case Activity::Kind::duty: {
            const auto* task = process.task_at(from(transition));
            return task && transition.trigger == Trigger::outcome &&
                   task->duty.text == activity.name;
        }
        case Activity::Kind::accepted:
            return transition.accepts;
        case Activity::Kind::decided:
            return transition.decides;
        case Activity::Kind::end:
            return false;
    }
    return false;
}

process::PlaceIndex end_after(const Process& process, workflow::TransitionIndex index) {
    for (const auto& arc : process.transitions[index].gives)
        if (process.end_at(arc.place)) return arc.place;
    return process::none;
}

bool is_end(const Process& process, workflow::TransitionIndex index, const Activity& activity) {
    const auto end = end_after(process, index);
    if (end == process::none) return false;
    if (activity.kind == Activity::Kind::end)
        return !activity.end || process.end_at(end)->end == *activity.end;
    return (activity.kind == Activity::Kind::step || activity.kind == Activity::Kind::outcome) &&
           process.step_at(end).id.text == activity.text;
}

std::string name_of(const Process& process, workflow::TransitionIndex index) {
    const auto& transition = process.transitions[index];
    auto name = process.step_at(from(transition)).id.text;
    if (const auto outcome = outcome_of(transition); !outcome.empty()) {
        name += '.';
        name += outcome;
    }
    return name;
}

bool knows(const Process& process, const Activity& activity) {
    if (activity.kind == Activity::Kind::end) return true;
    for (workflow::TransitionIndex t = 0; t < process.transitions.size(); ++t)
        if (t != process.withdraw && (is_act(process, t, activity) || is_end(process, t, activity)))
            return true;
    // An end may exist only for cases that are withdrawn.
    return std::any_of(process.steps.begin(), process.steps.end(), [&](const auto& step) {
        return activity.kind == Activity::Kind::step && step.id.text == activity.name;
    });
}

std::vector<std::string> activities_of(const Process& process) {
    std::vector<std::string> names{"accepted", "decided", "end"};
    for (const auto& step : process.steps) names.push_back(step.id.text);
    for (workflow::TransitionIndex t = 0; t < process.transitions.size(); ++t) {
        if (t == process.withdraw) continue;
        names.push_back(name_of(process, t));
        if (const auto* task = process.task_at(from(process.transitions[t])))
            names.push_back("duty " + task->duty.text);
    }
    return names;
}

}  // namespace workflow::verify
