#include "panels.hpp"

#include <algorithm>

namespace workflow::process {

namespace {

/// Returns the places that receive a token when the region is entered, other than its own.
std::vector<PlaceIndex> starts_of(const Process& process, const StepInfo& region) {
    for (const auto& fork : process.transitions) {
        if (fork.gives.size() < 3 || fork.gives.front().place != region.active) continue;
        std::vector<PlaceIndex> starts;
        for (std::size_t i = 1; i < fork.gives.size(); ++i) starts.push_back(fork.gives[i].place);
        return starts;
    }
    return {};
}

/// Returns whether the region has exactly these steps, each a drawn task of the same duty.
bool are_members(const Process& process, StepIndex region, const std::vector<PlaceIndex>& places) {
    const TaskActivity* first = nullptr;
    for (const auto place : places) {
        const auto* task = process.task_at(place);
        if (!task || !task->post.empty() || (first && task->duty != first->duty)) return false;
        if (!first) first = task;
    }
    const auto steps = std::count_if(process.steps.begin(), process.steps.end(),
                                     [&](const StepInfo& step) { return step.within == region; });
    return static_cast<std::size_t>(steps) == places.size();
}

}  // namespace

std::vector<Panel> panels_of(const Process& process) {
    std::vector<Panel> panels;
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
        const auto step = static_cast<StepIndex>(i);
        if (process.steps[i].active == none) continue;
        auto members = starts_of(process, process.steps[i]);
        if (members.size() < 2 || !are_members(process, step, members)) continue;
        Panel panel{step, std::move(members), {}};
        for (const auto place : panel.members)
            for (const auto outcome : process.task_at(place)->outcomes)
                for (const auto& set : process.transitions[outcome].sets)
                    panel.set.push_back(set.field);
        std::sort(panel.set.begin(), panel.set.end());
        panel.set.erase(std::unique(panel.set.begin(), panel.set.end()), panel.set.end());
        panels.push_back(std::move(panel));
    }
    return panels;
}

const Panel* panel_at(const std::vector<Panel>& panels, PlaceIndex place) {
    for (const auto& panel : panels)
        if (std::find(panel.members.begin(), panel.members.end(), place) != panel.members.end())
            return &panel;
    return nullptr;
}

}  // namespace workflow::process
