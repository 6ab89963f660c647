#pragma once

/// How a way through an item, or a model, is told: in words, and on the author's own lines.

#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Transitions of an item's net in the order in which they fire.
using Path = std::vector<workflow::TransitionIndex>;

/// `a -> b -> c`; of more than `most` names the last ones, after `... -> `.
std::string chained(const std::vector<std::string>& names, std::size_t most);

/// The steps gone through, the last ones of a long way.
std::string steps_of(const process::Process& process, const Path& way);
/// The acts gone through, and the end come to; the last ones of a long way.
std::string activities_of(const process::Process& process, const Path& way);

/// Adds each act of the way, and the end come to, with its place to the finding.
void trace(const process::Process& process, const Path& way, DiagnosticSink& findings,
           Diagnostic& finding);

}  // namespace workflow::verify
