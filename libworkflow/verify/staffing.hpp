#pragma once

/// Can every way through an item be staffed, in every hall that takes it in, by officers whom
/// nothing keeps apart? And how many may be away? (Workflow satisfiability and resiliency: Wang,
/// Li, 2010.)

#include <vector>

#include <workflow/staffing.hpp>

#include "../base/diagnostics.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Tells, for the halls concerned, the smallest sets of tasks that cannot all be done in one case.
/// Absences are not looked at: who is away comes back. Who has a last day counts as gone.
void check_staffing(const process::Process& process, const definition::Organization& organization,
                    DiagnosticSink& findings);

/// As the public face says it, of one item.
std::vector<Staffing> resilience(const process::Process& process,
                                 const definition::Organization& organization);

/// An item with the organization that its process is staffed by.
struct StaffedItem {
    const process::Process& process;
    const definition::Organization& organization;
};
/// As the public face says it, of one item: the same process with other staff.
std::vector<Shortfall> shortfalls(const StaffedItem& before, const StaffedItem& after);

}  // namespace workflow::verify
