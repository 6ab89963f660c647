#pragma once

/// Describes a path through an item or a model, in words and on the author's own lines.

#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Transitions of an item's net in the order in which they fire.
using Path = std::vector<workflow::TransitionIndex>;

/// Returns `a -> b -> c`; if there are more than `most` names, the last ones after `... -> `.
std::string chained(const std::vector<std::string>& names, std::size_t most);

/// Returns the steps on the path; of a long path, the last ones.
std::string steps_of(const process::Process& process, const Path& way);
/// Returns the activities on the path and the end that it reaches; of a long path, the last ones.
std::string activities_of(const process::Process& process, const Path& way);

/// Adds to the finding each activity of the path, and the end that it reaches, with its place.
void trace(const process::Process& process, const Path& way, DiagnosticSink& findings,
           Diagnostic& finding);

}  // namespace workflow::verify
