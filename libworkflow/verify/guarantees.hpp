#pragma once

#include <span>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../definition/guarantee.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Proves the item's own guarantees and those of the whole catalog on every way to an end,
/// conditions left aside; tells the shortest way on which one is broken. A case that the applicant
/// withdraws is spoken of by none. (Declare: Pesic, van der Aalst, 2006.)
///
/// `common`: what an item does not have is silent there, and not a mistake. Answers, by guarantee
/// of `common`, whether what sets it off can come in this item.
std::vector<bool> check_guarantees(const process::Process& process,
                                   std::span<const definition::Guarantee> common,
                                   DiagnosticSink& findings);

}  // namespace workflow::verify
