#pragma once

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Reports anti-patterns in the data flow of an item (Trcka, van der Aalst, Sidorova, 2009): a
/// field that is written in parallel branches, personal data that nothing reads and that has no
/// stated purpose (个人信息保护法 art. 6), and materials that no outcome requires.
void check_data_flow(const process::Process& process, DiagnosticSink& findings);

}  // namespace workflow::verify
