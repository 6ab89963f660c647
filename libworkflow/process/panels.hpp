#pragma once

/// Panels: several officers examine a case in parallel, each drawn separately (`panel:`, or an
/// explicit parallel step whose branches are one drawn task each, of one duty).

#include <optional>
#include <vector>

#include "net.hpp"

namespace workflow::process {

struct Panel {
    StepIndex step = none;            ///< the step that contains its members
    std::vector<PlaceIndex> members;  ///< the places of their tasks
    std::vector<std::uint16_t> set;   ///< slots of the fields that an answer can set, sorted
};

/// Returns all panels of a process.
std::vector<Panel> panels_of(const Process& process);

/// Returns the panel among `panels` that has the task at `place` as a member, or nullptr.
const Panel* panel_at(const std::vector<Panel>& panels, PlaceIndex place);

}  // namespace workflow::process
