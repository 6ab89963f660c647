#pragma once
/// \file
/// The parts of a case that several events change: tasks, fields, materials, tokens. Each function
/// throws ReplayError where the event does not fit the case.

#include <algorithm>

#include "apply.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Throws ReplayError with the case, its event and `what`.
[[noreturn]] void broken(const Case& c, std::string_view what);
/// Throws ReplayError unless `holds` is true.
void demand(bool holds, const Case& c, std::string_view what);

Task& open_task(Case& c, TaskNumber number);
void close_task(Case& c, TaskNumber number);
/// Assigns the task to the officer, who counts as having performed it from then on. An empty id
/// unassigns it.
void hold(const process::Process& process, Case& c, Task& task, const OfficerId& officer);

void set_fields(const process::Process& process, Case& c, const FieldValues& values);
/// Freezes every field that has a value, because a decision depends on it.
void freeze(const process::Process& process, Case& c);
void receive(const process::Process& process, Case& c,
             const std::vector<MaterialReceipt>& receipts);

/// Moves the tokens along `path` as when it was decided.
void follow(const process::Process& process, Case& c, const Path& path);
/// Returns the first transition of the path, which must have that trigger.
const process::Transition& first_of(const process::Process& process, const Case& c,
                                    const Path& path, process::Transition::Trigger trigger);

template <class Which>
void drop_warnings(Case& c, Which which) {
    if (c.warnings.empty()) return;
    c.warnings.erase(std::remove_if(c.warnings.begin(), c.warnings.end(), which), c.warnings.end());
}

inline bool same_limit(const Warning& a, const Warning& b) {
    return a.kind == b.kind && a.task == b.task;
}

}  // namespace workflow::engine
