#pragma once

#include <span>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../definition/guarantee.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Proves the item's own guarantees and those of the whole catalog on every path to an end, without
/// regard to conditions. Reports the shortest path that violates a guarantee. Cases that the
/// applicant withdraws are not considered. (Declare: Pesic, van der Aalst, 2006.)
///
/// `common`: an activity that the item does not have is not an error there. Returns, for each
/// guarantee of `common`, whether an activity that triggers it can occur in this item.
std::vector<bool> check_guarantees(const process::Process& process,
                                   std::span<const definition::Guarantee> common,
                                   DiagnosticSink& findings);

}  // namespace workflow::verify
