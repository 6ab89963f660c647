#include "panel_secrecy.hpp"

#include <algorithm>
#include <map>

namespace workflow::engine {

using process::Panel;
using process::Process;

namespace {

/// Follows the trail to determine which tasks belong to the latest round of an open panel.
class Rounds {
public:
    Rounds(const Process& process, const std::vector<Panel>& panels)
        : process_(process), panels_(panels) {}

    void offer(const TaskOffered& offered) {
        const auto step = process_.step(offered.step);
        if (!step) return;
        const auto place = process_.steps[*step].at;
        const auto* panel = process::panel_at(panels_, place);
        if (!panel) return;
        auto& round = rounds_[panel];
        // A panel offers all of its tasks when it starts. A task offered twice starts another
        // round.
        if (round.contains(place)) round.clear();
        round[place] = offered.task;
    }
    [[nodiscard]] bool holds(TaskNumber task) const {
        return std::any_of(rounds_.begin(), rounds_.end(), [&](const auto& round) {
            return std::any_of(round.second.begin(), round.second.end(),
                               [&](const auto& member) { return member.second == task; });
        });
    }

private:
    const Process& process_;
    const std::vector<Panel>& panels_;
    std::map<const Panel*, std::map<process::PlaceIndex, TaskNumber>> rounds_;
};

std::vector<Panel> open_panels(const Process& process, const Case& c) {
    auto panels = process::panels_of(process);
    std::erase_if(panels, [&](const Panel& panel) {
        return c.end || c.tokens(process.steps[panel.step].active) == 0;
    });
    return panels;
}

}  // namespace

bool panel_open(const Process& process, const Case& c) {
    return !open_panels(process, c).empty();
}

bool Unrevealed::answered(TaskNumber task) const {
    return std::binary_search(tasks.begin(), tasks.end(), task);
}

bool Unrevealed::sets(std::uint16_t slot) const {
    return std::binary_search(fields.begin(), fields.end(), slot);
}

Unrevealed unrevealed(const Process& process, const Case& c, const Events& events) {
    Unrevealed secret;
    secret.decided = c.decided;
    const auto panels = open_panels(process, c);
    if (panels.empty()) return secret;
    Rounds rounds(process, panels);
    for (const auto& event : events)
        if (const auto* offered = std::get_if<TaskOffered>(&event.what)) rounds.offer(*offered);
    secret.decided = false;
    for (const auto& panel : panels)
        secret.fields.insert(secret.fields.end(), panel.set.begin(), panel.set.end());
    for (const auto& event : events) {
        const auto* done = std::get_if<TaskCompleted>(&event.what);
        if (!done) continue;
        if (!rounds.holds(done->task)) {
            const auto* first = process.first_of(done->path);
            secret.decided = secret.decided || (first && first->decides);
            continue;
        }
        secret.tasks.push_back(done->task);
        for (const auto& [field, value] : done->fields)
            if (const auto slot = process.field(field)) secret.fields.push_back(*slot);
    }
    std::sort(secret.tasks.begin(), secret.tasks.end());
    std::sort(secret.fields.begin(), secret.fields.end());
    return secret;
}

std::string without_members(const Process& process, const std::string& steps) {
    const auto panels = process::panels_of(process);
    if (panels.empty()) return steps;
    std::string shown;
    std::vector<process::StepIndex> told;
    for (std::size_t at = 0; at < steps.size();) {
        const auto end = std::min(steps.find(' ', at), steps.size());
        StepId id(steps.substr(at, end - at));
        at = end + 1;
        if (const auto step = process.step(id))
            if (const auto* panel = process::panel_at(panels, process.steps[*step].at)) {
                if (std::find(told.begin(), told.end(), panel->step) != told.end()) continue;
                told.push_back(panel->step);
                id = process.steps[panel->step].id;
            }
        shown += (shown.empty() ? "" : " ") + id.text;
    }
    return shown;
}

}  // namespace workflow::engine
