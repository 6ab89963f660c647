#pragma once

/// Items that the engine opens itself, and in which every case ends with a reply.

#include <span>
#include <string_view>

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// The use of an item as a desk.
struct Desk {
    std::string_view key;  ///< the key of the catalog that names it
    Mark mark;
    /// the fields that the engine fills in if the item has them
    std::span<const std::string_view> filled;
};

/// Reports a path through the item that does not end with an answer, unless the applicant
/// withdraws, and a required field that the engine cannot fill in. Together with the search of the
/// item's net, which proves that an end can be reached from every state, this proves the promise of
/// zero refusal (零拒绝).
void check_desk(const process::Process& process, const Desk& desk, DiagnosticSink& findings);

}  // namespace workflow::verify
