#include "worklist.hpp"

#include <algorithm>

namespace workflow::engine {

using process::Process;

namespace {

std::string barred_from(const Process& process, const definition::Organization& organization,
                        const Case& c, process::MemberMask members) {
    const process::Separation separation(process, organization, view(c.performed), c.parties(),
                                         members);
    std::string barred;
    for (const auto& officer : organization.officers)
        if (separation(officer)) {
            barred += barred.empty() ? " " : "";
            barred += officer.id.text;
            barred += ' ';
        }
    return barred;
}

}  // namespace

CaseRow row_of(const Process& process, const Case& c) {
    CaseRow row;
    row.number = c.number;
    row.item = process.item;
    row.definition = process.digest;
    row.hall = c.hall;
    row.status = c.end ? std::string(to_string(*c.end)) : "open";
    for (const auto& token : c.marking) {
        const auto& place = process.places[token.place];
        if (place.role != process::Place::Role::at) continue;
        if (!row.steps.empty()) row.steps += ' ';
        row.steps += process.step_at(token.place).id.text;
    }
    row.version = c.version;
    row.opened = c.opened;
    row.changed = c.last_happened;
    row.statutory_due = c.statutory_due;
    row.promised_due = c.promised_due;
    row.wake = wake_day(c);
    return row;
}

std::vector<TaskRow> tasks_of(const Process& process, const definition::Organization& organization,
                              const Case& c) {
    std::vector<TaskRow> rows;
    rows.reserve(c.tasks.size());
    for (const auto& task : c.tasks) {
        const auto& activity = *process.task_at(task.place);
        auto& row = rows.emplace_back();
        row.task = task.number;
        row.step = process.step_at(task.place).id;
        row.item = process.item;
        row.post = activity.post;
        if (!activity.drawn && !c.anywhere) row.hall = c.hall;
        row.comes_first = c.comes_first;
        row.holder = task.holder;
        if (!task.stranded.empty()) {
            row.post = task.stranded;
            if (!organization.post(task.stranded)) row.hall = c.hall;
        }
        if (!activity.drawn && task.holder.empty())
            row.barred = barred_from(process, organization, c, activity.members);
        row.due = task.due;
        // Nobody is called before their appointment.
        row.offered = c.appointment ? std::max(task.offered, *c.appointment) : task.offered;
    }
    return rows;
}

std::string turns_at(const Process& process, const StepId& step) {
    return process.item.text + '/' + step.text;
}

std::vector<std::pair<std::string, OfficerId>> turns_taken(const Process& process, const Case& c,
                                                           const Events& events) {
    std::vector<std::pair<std::string, OfficerId>> turns;
    for (const auto& event : events) {
        const auto* drawn = std::get_if<TaskDrawn>(&event.what);
        if (!drawn || drawn->by != Allocation::round_robin || drawn->officer.empty()) continue;
        if (const auto* task = c.task(drawn->task))
            turns.emplace_back(turns_at(process, process.step_at(task->place).id), drawn->officer);
    }
    return turns;
}

}  // namespace workflow::engine
