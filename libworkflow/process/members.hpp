#pragma once

/// The duties and steps of an item that are kept apart, as bits.

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// Fills `members` and `conflicts` of `process` from `item`'s groups and the one that always holds:
/// intake, review, issue (R23). Finds members that are neither a duty nor a step, and posts of
/// `organization` that hold two duties of one group.
void name_members(const definition::Item& item, const definition::Organization* organization,
                  Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
