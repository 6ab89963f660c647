#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// What happens to an item's data on its ways (anti-patterns of data flow: Trcka, van der Aalst,
/// Sidorova, 2009): a field that is written side by side, personal data that nothing reads and
/// nobody says a purpose of (个人信息保护法 art. 6), materials that no outcome asks for.
void check_data_flow(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
