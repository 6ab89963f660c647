#pragma once

/// Checks whether officers who are not separated can perform every path through an item, in every
/// hall that accepts applications for it, and how many officers may be absent. (Workflow
/// satisfiability and resiliency: Wang, Li, 2010.)

#include <vector>

#include <workflow/staffing.hpp>

#include "../base/diagnostics.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Reports, for each hall concerned, the smallest sets of tasks that cannot all be performed in one
/// case. Ignores absences, because an absent officer returns. An officer with a last day counts as
/// gone.
void check_staffing(const process::Process& process, const definition::Organization& organization,
                    DiagnosticSink& findings);

/// Returns, for one item, what the public interface declares.
std::vector<Staffing> resilience(const process::Process& process,
                                 const definition::Organization& organization);

/// An item with the organization that staffs its process.
struct StaffedItem {
    const process::Process& process;
    const definition::Organization& organization;
};
/// Returns, for one item, what the public interface declares: the same process with other officers.
std::vector<Shortfall> shortfalls(const StaffedItem& before, const StaffedItem& after);

}  // namespace workflow::verify
