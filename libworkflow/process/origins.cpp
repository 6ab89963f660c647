#include "origins.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace workflow::process {

using definition::FieldOrigin;

namespace {

void add_sets(const std::vector<definition::Step>& steps, std::set<std::string>& names) {
    for (const auto& step : steps) {
        if (const auto* task = std::get_if<definition::TaskStep>(&step.kind))
            for (const auto& outcome : task->outcomes)
                for (const auto& set : outcome.sets) names.insert(set.field.text);
        if (const auto* parallel = std::get_if<definition::ParallelStep>(&step.kind))
            for (const auto& branch : parallel->branches) add_sets(branch.steps, names);
        if (const auto* stage = std::get_if<definition::StageStep>(&step.kind))
            add_sets(stage->body.steps, names);
    }
}

/// Returns the step at a place and those around it, innermost first.
std::vector<StepIndex> steps_around(const Process& process, PlaceIndex place) {
    std::vector<StepIndex> around;
    for (auto step = process.places[place].step; step != none; step = process.steps[step].within)
        around.push_back(step);
    return around;
}

/// Returns whether the task at `place` has that duty or name, or is a member of that panel.
bool is_performed_at(const Process& process, PlaceIndex place, const std::string& name) {
    const auto* task = process.task_at(place);
    if (!task) return false;
    if (task->duty.text == name) return true;
    for (const auto step : steps_around(process, place))
        if (process.steps[step].id.text == name) return true;
    return false;
}

void add_writers(const definition::Field& field, std::uint16_t slot, Process& process,
                 DiagnosticSink& findings) {
    for (const auto& performed : field.performers) {
        bool found = false;
        std::vector<std::string> known{"applicant", "computed"};
        for (std::size_t place = 0; place < process.places.size(); ++place) {
            const auto index = static_cast<PlaceIndex>(place);
            auto* task = std::get_if<TaskActivity>(&process.places[place].activity);
            if (!task) continue;
            known.push_back(task->duty.text);
            known.push_back(process.step_at(index).id.text);
            if (!is_performed_at(process, index, performed.name)) continue;
            found = true;
            if (std::find(task->writes.begin(), task->writes.end(), slot) != task->writes.end())
                continue;
            task->writes.push_back(slot);
            // An officer who writes a field also sees it.
            if (field.personal &&
                std::find(task->sees.begin(), task->sees.end(), slot) == task->sees.end())
                task->sees.push_back(slot);
        }
        if (found) continue;
        findings.add(
            "unknown-origin", performed.mark,
            fmt::format("the item has no task with the duty or the name `{}`", performed.name),
            did_you_mean(nearest(performed.name, known)));
    }
}

void check_sets(const definition::Item& item, const Process& process, DiagnosticSink& findings) {
    for (const auto& transition : process.transitions)
        for (const auto& set : transition.sets) {
            const auto origin = process.fields[set.field].origin;
            if (origin == FieldOrigin::computed) continue;
            auto& finding = findings.add(
                "two-origins", transition.mark,
                fmt::format(
                    "`{}` sets `{}`, which comes from {}", transition.outcome.text,
                    process.fields[set.field].id.text,
                    origin == FieldOrigin::applicant ? "the applicant" : "the officer of a task"),
                "set another field, or delete its `from`");
            findings.relate(finding, item.fields[set.field].origin_mark, "its origin");
        }
}

/// Marks places from which every path reaches an outcome that decides, or returns to such a place.
/// Timers count only where nothing else leads on.
void look_for_decisions(Process& process) {
    using Trigger = Transition::Trigger;
    std::vector<std::vector<const Transition*>> leaving(process.places.size());
    for (const bool timers : {false, true})
        for (const auto& transition : process.transitions) {
            if (transition.trigger == Trigger::withdraw) continue;
            if ((transition.trigger == Trigger::timer) != timers) continue;
            for (const auto& arc : transition.takes)
                if (!timers || leaving[arc.place].empty() ||
                    leaving[arc.place].front()->trigger == Trigger::timer)
                    leaving[arc.place].push_back(&transition);
        }
    for (std::size_t place = 0; place < process.places.size(); ++place)
        process.places[place].decision_ahead = !leaving[place].empty();
    const auto leads_to_one = [&](const Transition* transition) {
        return transition->decides ||
               std::any_of(transition->gives.begin(), transition->gives.end(), [&](const Arc& arc) {
                   return process.places[arc.place].decision_ahead;
               });
    };
    for (bool fewer = true; fewer;) {
        fewer = false;
        for (std::size_t place = 0; place < process.places.size(); ++place) {
            auto& ahead = process.places[place].decision_ahead;
            if (!ahead || std::all_of(leaving[place].begin(), leaving[place].end(), leads_to_one))
                continue;
            ahead = false;
            fewer = true;
        }
    }
}

}  // namespace

std::vector<FieldOrigin> origins_of(const definition::Item& item) {
    std::set<std::string> set_by_outcomes;
    add_sets(item.steps, set_by_outcomes);
    std::vector<FieldOrigin> origins;
    for (const auto& field : item.fields) {
        auto origin = field.origin;
        if (origin == FieldOrigin::unsaid)
            origin = set_by_outcomes.contains(field.id.text) ? FieldOrigin::computed
                                                             : FieldOrigin::applicant;
        origins.push_back(origin);
    }
    return origins;
}

void resolve_origins(const definition::Item& item, Process& process, DiagnosticSink& findings) {
    for (std::size_t slot = 0; slot < item.fields.size(); ++slot)
        if (item.fields[slot].origin == FieldOrigin::performers)
            add_writers(item.fields[slot], static_cast<std::uint16_t>(slot), process, findings);
    for (auto& place : process.places)
        if (auto* task = std::get_if<TaskActivity>(&place.activity))
            std::sort(task->writes.begin(), task->writes.end());
    check_sets(item, process, findings);
    look_for_decisions(process);
}

}  // namespace workflow::process
