#pragma once

/// What makes the guarantees of a store weaker than documented: every command that writes reports
/// it in one line, and `doctor` in full.

#include <string>
#include <vector>

#include "command.hpp"

namespace workflow::tools {

struct Weakness {
    std::string code;  ///< stable: scripts rely on it
    std::string what;  ///< one sentence
    std::string help;  ///< what to do
};
using Weaknesses = std::vector<Weakness>;

/// Where checkpoints are kept; from its variable also where a command has no such option.
Option checkpoints_option();
/// The file, if it is named and there.
std::string checkpoints_of(const Arguments& arguments, const Streams& streams);

/// Secrets and checkpoints that the command works without, and nobody who runs a script.
Weaknesses missing_secrets(const Arguments& arguments, const Streams& streams);
/// What WORKFLOW_ACCEPTED names: the codes of weaknesses that the operator knows of.
bool is_accepted(const Weakness& weakness, const Streams& streams);

/// Once at the start of a command that writes to a store, on standard error.
void warn_of_weakness(const Subcommand& command, const Arguments& arguments, Streams& streams);

}  // namespace workflow::tools
