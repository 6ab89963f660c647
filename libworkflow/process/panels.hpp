#pragma once

/// Panels: several officers study a case side by side, each drawn apart (`panel:`, or a parallel
/// step written out whose branches are one drawn task each of one duty).

#include <optional>
#include <vector>

#include "net.hpp"

namespace workflow::process {

struct Panel {
    StepIndex step = none;            ///< the step around its members
    std::vector<PlaceIndex> members;  ///< where their tasks are
    std::vector<std::uint16_t> set;   ///< slots of the fields that an answer can set, sorted
};

/// All panels of a process.
std::vector<Panel> panels_of(const Process& process);

/// The panel, among `panels`, whose member the task at `place` is; nullptr: none's.
const Panel* panel_at(const std::vector<Panel>& panels, PlaceIndex place);

}  // namespace workflow::process
