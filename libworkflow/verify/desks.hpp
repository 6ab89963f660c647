#pragma once

/// Items that the engine opens by itself, and that nobody leaves without a reply.

#include <span>
#include <string_view>

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// What an item is for as a desk.
struct Desk {
    std::string_view key;  ///< of the catalog that names it
    Mark mark;
    std::span<const std::string_view>
        filled;  ///< fields that the engine fills where they are there
};

/// Every way through the item ends with an answer, unless the applicant himself withdraws, and it
/// asks for nothing that the engine does not know. Together with the search of the item's net,
/// which finds an end from everywhere, this is what zero refusal (零拒绝) promises.
void check_desk(const process::Process& process, const Desk& desk, DiagnosticSink& findings);

}  // namespace workflow::verify
