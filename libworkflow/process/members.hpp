#pragma once

/// The duties and steps of an item under separation of duty, as bits.

#include "../base/diagnostics.hpp"
#include "../definition/item.hpp"
#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// Fills `members` and `conflicts` of `process` from `item`'s groups and the built-in one: intake,
/// review, issue (R23). Reports members that are neither a duty nor a step, and posts of
/// `organization` that have two duties of one group.
void name_members(const definition::Item& item, const definition::Organization* organization,
                  Process& process, DiagnosticSink& findings);

}  // namespace workflow::process
