#pragma once

/// What draws are about: a matter is a person, an item and a step. Nothing in it can be varied to
/// draw again: no number of a case or task, no time, no order. The cases of one person and item
/// share the day whose keys they use, until one of them is decided.

#include <optional>
#include <string>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// Who a matter is of, normalised. `person`: as the application names them, or their alias. Where
/// nobody is named the case is a matter of its own.
std::string matter_person(const PersonId& person, const CaseNumber& number);

/// Names the matter of a person and an item in the store's table, in 32 bytes.
Digest matter_of(const ItemId& item, const std::string& person);
/// The same of a case, from its first event as it stands in the trail; nothing where the event does
/// not open a case that draws.
std::optional<Digest> matter_of(const Event& opened);

/// Does the item draw officers or samples?
bool draws(const process::Process& process);

/// Does a decision at `place` count as one of the matter, so that its next case is drawn for anew?
/// One by a drawn officer does. Where no drawn task of the item decides, one counts that comes
/// after a drawn task was done: who only turns an application away draws nobody anew.
bool settles_matter(const process::Process& process, const Case& c, process::PlaceIndex place);

/// What `event`, which has just been applied, brings to the matter of its case. Folding the steps
/// of all cases in the order of their events gives the store's table of matters.
std::optional<MatterStep> matter_step(const Digest& matter, const Event& event, const Case& after,
                                      bool decided_before);
/// The row after a step.
void take(MatterRow& row, const MatterStep& step);

}  // namespace workflow::engine
