#pragma once

/// What members of a panel have answered is known to nobody before the panel is closed.

#include <vector>

#include <workflow/event.hpp>

#include "../process/panels.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Whether a panel of the case still waits for answers.
bool panel_open(const process::Process& process, const Case& c);

/// The answers of open panels.
struct Unrevealed {
    std::vector<TaskNumber> tasks;      ///< answered, ascending
    std::vector<std::uint16_t> fields;  ///< slots that an answer sets, sorted
    bool decided = false;               ///< by an act that is known

    [[nodiscard]] bool answered(TaskNumber task) const;
    [[nodiscard]] bool sets(std::uint16_t slot) const;
};

/// `events`: the case's, all of them.
Unrevealed unrevealed(const process::Process& process, const Case& c, const Events& events);

/// `steps` of a list's row, in which members of a panel stand as their panel.
std::string without_members(const process::Process& process, const std::string& steps);

}  // namespace workflow::engine
