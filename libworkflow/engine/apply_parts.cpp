#include "apply_parts.hpp"

#include <fmt/format.h>

#include "fire.hpp"
#include "performing.hpp"

namespace workflow::engine {

using process::Process;
using process::Transition;

void broken(const Case& c, std::string_view what) {
    throw ReplayError(fmt::format("{}, event {}: {}", c.number.text, c.version, what));
}

void demand(bool holds, const Case& c, std::string_view what) {
    if (!holds) broken(c, what);
}

Task& open_task(Case& c, TaskNumber number) {
    for (auto& task : c.tasks)
        if (task.number == number) return task;
    broken(c, "refers to a task that is not open");
}

void close_task(Case& c, TaskNumber number) {
    c.tasks.erase(c.tasks.begin() + (&open_task(c, number) - c.tasks.data()));
    drop_warnings(c, [&](const Warning& warning) {
        return warning.kind == LimitPassed::Kind::step && warning.task == number;
    });
}

void hold(const Process& process, Case& c, Task& task, const OfficerId& officer) {
    task.holder = officer;
    if (!officer.empty()) perform(c, officer, process.task_at(task.place)->members);
}

void set_fields(const Process& process, Case& c, const FieldValues& values) {
    for (const auto& [id, value] : values) {
        const auto slot = process.field(id);
        demand(slot.has_value(), c, "sets a field that the item does not declare");
        c.fields[*slot] = value;
    }
}

void freeze(const Process& process, Case& c) {
    c.frozen.resize((process.fields.size() + 63) / 64);
    for (std::size_t slot = 0; slot < process.fields.size(); ++slot)
        if (!c.fields[slot].is_null()) c.frozen[slot / 64] |= std::uint64_t{1} << slot % 64;
}

void receive(const Process& process, Case& c, const std::vector<MaterialReceipt>& receipts) {
    for (const auto& receipt : receipts) {
        const auto index = process.material(receipt.material);
        demand(index.has_value(), c, "supplies a material that is not on the item's list");
        auto& state = c.materials[*index];
        // A provided material stays provided.
        if (receipt.form == MaterialForm::provided)
            state = MaterialState::provided;
        else if (state == MaterialState::missing)
            state = MaterialState::committed;
    }
}

void follow(const Process& process, Case& c, const Path& path) {
    Places left;
    for (const auto id : path) {
        const auto transition = process.index_of(id);
        demand(transition != process::none && enabled(process, transition, c.marking), c,
               "the path cannot be fired from this marking");
        move_tokens(process, transition, c.marking, left);
        // A panel that starts resets its vote counts.
        for (const auto& panel : process.panels)
            if (const auto& takes = process.transitions[transition].takes;
                !takes.empty() && takes.front().place == process.steps[panel.step].at)
                c.fields[panel.slot] = panel.nothing();
    }
    if (c.timers.empty()) return;
    const auto idle = std::remove_if(c.timers.begin(), c.timers.end(), [&](const Timer& timer) {
        const auto place = process.transitions[timer.transition].takes.front().place;
        return std::find(left.begin(), left.end(), place) != left.end();
    });
    c.timers.erase(idle, c.timers.end());
}

const Transition& first_of(const Process& process, const Case& c, const Path& path,
                           Transition::Trigger trigger) {
    const auto* first = process.first_of(path);
    demand(first && first->trigger == trigger, c,
           "the path does not begin with the event's own transition");
    return *first;
}

}  // namespace workflow::engine
