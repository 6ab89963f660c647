#pragma once

/// The subject of draws: a matter is a person, an item and a step. None of it can be varied to
/// repeat a draw: no case or task number, no time, no order. The cases of one person and item share
/// the day whose keys they use, until one of them is decided.

#include <optional>
#include <string>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Returns the normalized person of a matter. `person`: as named in the application, or their
/// alias. A case without a named person is a matter of its own.
std::string matter_person(const PersonId& person, const CaseNumber& number);

/// Returns the 32-byte id of the matter of a person and an item in the store's table.
Digest matter_of(const ItemId& item, const std::string& person);
/// Returns the same for a case, from its first event as stored in the trail, or nullopt where the
/// event does not open a case that draws.
std::optional<Digest> matter_of(const Event& opened);

/// Returns whether the item draws officers or samples.
bool draws(const process::Process& process);

/// Returns whether a decision at `place` counts for the matter, so that its next case gets a new
/// draw. A decision by a drawn officer does. Where no drawn task of the item decides, a decision
/// after a completed drawn task counts. Turning an application away therefore does not cause a new
/// draw.
bool settles_matter(const process::Process& process, const Case& c, process::PlaceIndex place);

/// Returns what `event`, which was just applied, adds to the matter of its case. Folding the steps
/// of all cases in the order of their events gives the store's table of matters.
std::optional<MatterStep> matter_step(const Digest& matter, const Event& event, const Case& after,
                                      bool decided_before);
/// Applies a step to the row.
void take(MatterRow& row, const MatterStep& step);

}  // namespace workflow::engine
