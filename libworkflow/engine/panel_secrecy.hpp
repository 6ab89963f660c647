#pragma once

/// Answers of a panel's members stay secret until the panel is closed.

#include <vector>

#include <workflow/event.hpp>

#include "../process/panels.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Returns whether a panel of the case still waits for answers.
bool panel_open(const process::Process& process, const Case& c);

/// The answers of open panels.
struct Unrevealed {
    std::vector<TaskNumber> tasks;      ///< answered, ascending
    std::vector<std::uint16_t> fields;  ///< slots set by an answer, sorted
    bool decided = false;               ///< by an act that is known

    [[nodiscard]] bool answered(TaskNumber task) const;
    [[nodiscard]] bool sets(std::uint16_t slot) const;
};

/// `events`: all events of the case.
Unrevealed unrevealed(const process::Process& process, const Case& c, const Events& events);

/// Returns a list row's `steps` with members of a panel replaced by their panel.
std::string without_members(const process::Process& process, const std::string& steps);

}  // namespace workflow::engine
